"""Django's settings. Loading them computes values and starts nothing: no server, no file, no connection."""

import re

from django.utils.translation import gettext_lazy as _

from config import keys
from config.database import databases
from config.environment import ROOT, environment
from config.policy import content_security_policy

VISITA_DATA = environment.data
EMBEDDED_POSTGRES = environment.database_url is None
RATE_LIMITS = environment.rate_limits
TRUSTED_PROXIES = environment.trusted_proxies
FRONT_ORIGIN = environment.front_origin
PUBLIC_URL = environment.public_url
# Where links in messages lead; the demo, which may take another port, sets its own.
SITE_ADDRESS = FRONT_ORIGIN or PUBLIC_URL or f"http://{environment.host}:{environment.port}"
TAGS_ORIGIN = environment.tags_origin
GOOGLE_TAGS, FACEBOOK_TAGS = environment.google_tags, environment.facebook_tags
DEMO_SITE = ""  # the demo's example of another site, once it is open
DATABASE_DIRECT_URL = environment.database_direct_url or environment.database_url

DEBUG = environment.debug
SECRET_KEY = environment.secret_key or keys.read(VISITA_DATA)
_ORIGINS = [origin for origin in (PUBLIC_URL, FRONT_ORIGIN, TAGS_ORIGIN) if origin]
ALLOWED_HOSTS = [*(environment.hosts or ("localhost", "127.0.0.1", "[::1]"))]
ALLOWED_HOSTS += [origin.split("://")[1].rsplit(":", 1)[0] for origin in _ORIGINS]
CSRF_TRUSTED_ORIGINS = [origin for origin in _ORIGINS if origin != TAGS_ORIGIN]
_HTTPS = any(origin.startswith("https://") for origin in _ORIGINS)

INSTALLED_APPS = [
    # Ours come first, so that our templates win over those of libraries.
    "visita.activity",
    "visita.tenancy",
    "visita.identity",
    "visita.clients",
    "visita.scheduling",
    "visita.catalog",
    "visita.bookings",
    "visita.messaging",
    "visita.marketing",
    "visita.integrations",
    "visita.web",
    "visita.api",
    "visita.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_cotton",
    "django_htmx",
    "django_vite",
    "ninja",
    "pghistory",
    "pgtrigger",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
API_MIDDLEWARE = [  # what of it programs need too: headers, languages, hosts
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
            ]
        },
    }
]

DATABASES = databases(environment)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PGHISTORY_CONTEXT_FIELD = (
    None  # rows carry `activity_id` instead: no context table, no middleware of pghistory's
)

AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = ["visita.web.accounts.backend.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_ADAPTER = "config.accounts.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {"login": "visita.web.accounts.forms.SignIn"}
MFA_FORMS = {"authenticate": "visita.web.accounts.forms.SecondFactor"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Visita"
MFA_TOTP_TOLERANCE = 1  # a code typed as the next one begins still counts (RFC 6238, section 5.2)

SESSION_ENGINE = "visita.web.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = content_security_policy("http://127.0.0.1:5173" if environment.vite_dev else None)

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("ro", _("Romanian")),
    ("ru", _("Russian")),
    ("it", _("Italian")),
    ("fi", _("Finnish")),
]
LOCALE_PATHS = [ROOT / "visita" / "locale"]

PRINT_FONTS = ROOT / "frontend" / "fonts"  # made by `config.fonts`

# Vite names its files by their content and the build compresses them in place: nothing is collected or renamed.
STATIC_URL = "/static/"
STATICFILES_DIRS = [path for path in (ROOT / "frontend" / "dist",) if path.is_dir()]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DJANGO_VITE = {
    "default": {
        "dev_mode": environment.vite_dev,
        "dev_server_host": "127.0.0.1",
        "manifest_path": ROOT / "frontend" / "dist" / "manifest.json",
    }
}


def WHITENOISE_IMMUTABLE_FILE_TEST(_path: str, url: str) -> bool:  # noqa: N802 - a setting's name
    """True for files of Vite's, whose names carry a hash of their content: browsers may keep them for ever."""
    return re.match(r"^/static/assets/.+-[\w-]{8}\.(js|css|woff2|svg|png|webp)$", url) is not None


MESSAGE_ADAPTERS = {"sms": environment.sms or ("file",), "email": environment.email or ("file",)}
MESSAGES_LATER = True  # in a thread, so that no page waits for a provider; tests send at once
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "visita": {"level": "INFO"},
        "django": {"handlers": ["stderr"], "propagate": False},
        "django.request": {"level": "ERROR"},  # an address that does not exist is the visitor's affair
    },
}
