"""All addresses. Pages carry a language, machines' addresses do not."""

from __future__ import annotations

from importlib import import_module

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern

from linli.config import apps
from linli.config.grouping import Known, OnDemand, by_first_word

urlpatterns: list[URLPattern | URLResolver] = [
    OnDemand(RoutePattern("api/v1/"), "linli.config.api_urls", app_name="ninja", namespace="api")
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
