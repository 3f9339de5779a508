"""All addresses. Pages carry a language, machines' addresses do not."""

from __future__ import annotations

from importlib import import_module

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from linli.config import apps
from linli.config.api import api

urlpatterns: list[URLPattern | URLResolver] = [path("api/v1/", api.urls)]
for name in apps.WITH_PAGES:
    module = import_module(f"{name}.urls")
    # addresses without a language: /, /q/…, /feeds/…
    urlpatterns += getattr(module, "bare_urlpatterns", [])
# the highest app first: its pages are asked for most, and patterns are tried in order
urlpatterns += i18n_patterns(
    *[path("", include(f"{name}.urls")) for name in reversed(apps.WITH_PAGES)]
)

handler400 = "linli.ui.views.bad_request"
handler403 = "linli.ui.views.forbidden"
handler404 = "linli.config.answers.not_found"
handler500 = "linli.config.answers.server_error"
