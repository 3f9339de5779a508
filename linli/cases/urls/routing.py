"""Addresses of categories and rules of routing."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
