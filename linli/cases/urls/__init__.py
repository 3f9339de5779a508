"""Addresses of cases, put together from what each kind of user has."""

from __future__ import annotations

from linli.cases.urls import desk, intake, kinds, public, routing

app_name = "cases"
urlpatterns = [
    *desk.urlpatterns,
    *intake.urlpatterns,
    *kinds.urlpatterns,
    *public.urlpatterns,
    *routing.urlpatterns,
]
# addresses without a language
bare_urlpatterns = [*intake.bare_urlpatterns, *public.bare_urlpatterns]
