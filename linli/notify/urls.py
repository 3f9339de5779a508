"""Addresses of notify."""

from __future__ import annotations

from django.urls import path

from linli.notify.views import choices, inbox

app_name = "notify"
urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read", inbox.read_all, name="read_all"),
    path("inbox/choices/", choices.choices, name="choices"),
    path("inbox/choices/<str:purpose>/choose", choices.choose, name="choose"),
    path("inbox/choices/<str:purpose>/way", choices.way, name="way"),
    path("inbox/<slug:code>/", inbox.message, name="message"),
    path("me/email/", choices.email, name="email"),
    path("me/email/code/", choices.email_code, name="email_code"),
    path("me/email/drop", choices.email_drop, name="email_drop"),
    path("deliveries/", inbox.deliveries, name="deliveries"),
    path("deliveries/<slug:ref>/revive", inbox.delivery_revive, name="delivery_revive"),
    path("deliveries/<slug:ref>/drop", inbox.delivery_drop, name="delivery_drop"),
    path("demo/telephone/", inbox.telephone, name="telephone"),
]
