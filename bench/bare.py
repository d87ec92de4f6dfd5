"""A bare Django list page over the same families: no sign-in, no gate, no log. What Solmu is compared with."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.bare_settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
