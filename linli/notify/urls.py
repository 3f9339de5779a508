"""Addresses of notify."""

from __future__ import annotations

from django.urls import path

from linli.notify import views

app_name = "notify"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read", views.read_all, name="read_all"),
    path("inbox/choices/", views.choices, name="choices"),
    path("inbox/choices/<str:purpose>/choose", views.choose, name="choose"),
    path("inbox/<slug:code>/", views.message, name="message"),
    path("deliveries/", views.deliveries, name="deliveries"),
    path("deliveries/<slug:ref>/revive", views.delivery_revive, name="delivery_revive"),
    path("deliveries/<slug:ref>/drop", views.delivery_drop, name="delivery_drop"),
    path("demo/telephone/", views.telephone, name="telephone"),
]
