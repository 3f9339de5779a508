"""Addresses of service centres."""

from __future__ import annotations

from django.urls import path

from linli.offerings.views import centre_checks, centre_desk, centres

urlpatterns = [
    path("centres/<slug:centre>/", centres.centre, name="centre"),
    path("desk/centres/", centre_desk.listing, name="centre_list"),
    path("desk/centres/checks/<int:check_id>/", centre_checks.check, name="centre_check"),
    path("desk/centres/<slug:centre>/", centre_desk.desk, name="centre_desk"),
    path("desk/centres/<slug:centre>/<slug:what>/", centre_desk.form, name="centre_form"),
]
