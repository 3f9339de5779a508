"""The web application, as the server loads it."""

import os

from django.core.wsgi import get_wsgi_application

from linli.config.processes import end_with_parent

# a worker whose server was killed would hold the port and answer on
end_with_parent()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
application = get_wsgi_application()

from linli.config.news import offer_news  # noqa: E402  needs the apps

offer_news()
