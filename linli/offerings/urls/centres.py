"""Addresses of service centres."""

from __future__ import annotations

from django.urls import path

from linli.offerings.views import centre_checks, centre_desk, centre_forms, centres, check_phones

urlpatterns = [
    path("centres/<slug:centre>/", centres.centre, name="centre"),
    path("desk/checks/", check_phones.app, name="checks_outdoors"),
    path("desk/checks/worker.js", check_phones.worker, name="checks_worker"),
    path("desk/centres/", centre_desk.listing, name="centre_list"),
    path("desk/centres/checks/<int:check_id>/", centre_checks.check, name="centre_check"),
    path("desk/centres/<slug:centre>/", centre_desk.desk, name="centre_desk"),
    path("desk/centres/<slug:centre>/<slug:what>/", centre_forms.form, name="centre_form"),
]
