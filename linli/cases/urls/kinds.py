"""Addresses at which staff open cases of a kind: petitions, directives, papers that came in."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
