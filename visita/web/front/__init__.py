"""The client's booking pages: place, service, who and when, details, done; and the manage link.

Everything works without script: links are GET, changes are POST, what was chosen stands in the address, what was
typed travels in the form. No cookie is set or read, so the pages also work inside another site's frame.
"""
