"""The web application, as the server loads it."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from linli.config import patience
from linli.config.loading import in_one_go
from linli.config.processes import end_with_parent

# a worker whose server was killed would hold the port and answer on
end_with_parent()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
os.environ[patience.PROCESS] = patience.WEB
with in_one_go():
    application = get_wsgi_application()
    # also the pages and the API, for which else whoever asks first would wait
    import_module(settings.ROOT_URLCONF)
    import_module("linli.config.api_urls")

from linli.config.news import offer_news  # noqa: E402  needs the apps

offer_news()
