"""All addresses. Pages carry a language, machines' addresses do not."""

from __future__ import annotations

from importlib import import_module

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from linli.config import apps
from linli.config.api import api
from linli.config.grouping import Known, by_first_word

calls, app_name, namespace = api.urls
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", ([Known(by_first_word(calls))], app_name, namespace))
]
pages: list[URLResolver] = []
for name in apps.WITH_PAGES:
    module = import_module(f"{name}.urls")
    # addresses without a language: /, /q/…, /feeds/…
    urlpatterns += getattr(module, "bare_urlpatterns", [])
    pages.append(path("", include((by_first_word(module.urlpatterns), module.app_name))))
# the highest app first: its pages are asked for most, and patterns are tried in order
urlpatterns += i18n_patterns(Known([*reversed(pages)]))

handler400 = "linli.ui.views.bad_request"
handler403 = "linli.ui.views.forbidden"
handler404 = "linli.config.answers.not_found"
handler500 = "linli.config.answers.server_error"
