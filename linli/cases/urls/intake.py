"""Addresses of those who report: the form, the counter's form, following a case."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
bare_urlpatterns: list[URLPattern] = []
