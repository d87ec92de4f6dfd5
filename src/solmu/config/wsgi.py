"""The application as a server calls it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "solmu.config.settings")
application = get_wsgi_application()

from solmu.config.serving import hold  # noqa: E402 (needs the settings)

if not hold():
    raise SystemExit("A restore is under way; Solmu starts when it is over.")
