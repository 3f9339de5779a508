"""The floor of a page: the same template from a frozen context, no middleware, the same server."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")


def application() -> Callable[..., Any]:
    """Return a WSGI app that renders the home of one village again and again."""
    import django
    from django.conf import settings

    django.setup()
    settings.MIDDLEWARE = []
    settings.ROOT_URLCONF = "linli.bench.floor_urls"
    from django.core.handlers.wsgi import WSGIHandler

    from linli.config.catalogs import in_one_catalog

    # as the service does it: the floor is not to look longer for its words
    for code, _name in settings.LANGUAGES:
        in_one_catalog(code)
    return WSGIHandler()


app = application()
