"""Addresses of the trail."""

from __future__ import annotations

from django.urls import path

from linli.trail import views

app_name = "trail"
urlpatterns = [
    path("trail/", views.entry_list, name="list"),
    path("trail/export", views.entry_export, name="export"),
    path("trail/<int:entry_id>/", views.entry_detail, name="detail"),
    path("who-read-my-data/", views.who_read, name="who_read"),
]
