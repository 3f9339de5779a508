"""Addresses for everybody and for who releases: public cases, the queue, rates."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
bare_urlpatterns: list[URLPattern] = []
