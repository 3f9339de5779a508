"""Addresses of those who work on cases: lists, sheets, moves, the supervisor's board."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
