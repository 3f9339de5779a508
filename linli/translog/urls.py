"""Addresses of the transparency log."""

from __future__ import annotations

from django.urls import path

from linli.translog import views

app_name = "translog"
urlpatterns = [
    path("log/", views.log, name="log"),
    path("log/heads/", views.heads, name="heads"),
    path("log/heads/<int:size>/note", views.head_note, name="head_note"),
    path("log/consistency/", views.consistency, name="consistency"),
    path("log/parts/<int:part>/", views.download, name="download"),
    path("log/<int:index>/", views.entry, name="entry"),
]
