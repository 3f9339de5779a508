"""Pages of the frame itself: how large, how clear, and the style page."""

from __future__ import annotations

from django.urls import path

from linli.ui import views

app_name = "ui"
urlpatterns = [
    path("preferences/", views.preferences, name="preferences"),
    path("_kit/", views.kit, name="kit"),
    path("_kit/<slug:face>/", views.kit_face, name="kit_face"),
]
# machines ask for these at the root, without a language
bare_urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
]
