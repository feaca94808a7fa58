"""Django's synchronous door, which config.asgi runs in threads: several times faster than Django under ASGI."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - every screen and operation is imported before the first visitor waits for it
gc.collect()
gc.freeze()  # what stands now stays for good: looking through it again and again costs every request a share
gc.set_threshold(20_000, 20, 50)
