"""Addresses of the service hall and of the payment system at the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from linli.offerings.views import hall, hall_changes, paying

urlpatterns: list[URLPattern] = [
    path("connections/applications/", hall.sent_in, name="sent_in"),
    path("connections/applications/<int:application_id>/", hall.sent_in_one, name="sent_in_one"),
    path("connections/changes/", hall_changes.hall_changes, name="hall_changes"),
    path("connections/changes/<int:change_id>/", hall_changes.hall_change, name="hall_change"),
    path("connections/items/", hall.hall_items, name="hall_items"),
    path("connections/items/<int:item_id>/", hall.hall_item, name="hall_item"),
    path("connections/payments/", paying.pay_notices, name="pay_notices"),
    path("connections/payments/<int:notice_id>/", paying.pay_notice, name="pay_notice"),
]
