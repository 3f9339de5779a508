"""Addresses for everybody and for who releases: public cases, the queue, rates."""

from __future__ import annotations

from django.urls import URLPattern, path

from linli.cases.views import (
    calls,
    figures,
    public,
    rating,
    releasing,
    reopening,
    reviewing,
    weekly,
)

urlpatterns: list[URLPattern] = [
    path("places/<str:code>/cases/", public.listing, name="public"),
    path("places/<str:code>/cases/<str:number>/", public.detail, name="public_case"),
    path("places/<str:code>/weeks/", weekly.listing, name="weeks"),
    path("places/<str:code>/weeks/<str:week>/", weekly.week, name="week"),
    path("places/<str:code>/figures/", figures.figures, name="figures"),
    path("release/", releasing.queue, name="release"),
    path("release/<str:number>/", releasing.decide, name="release_case"),
    path("release/<str:number>/photos/<int:photo_id>", releasing.photo, name="release_photo"),
    path("calls/", calls.listing, name="calls"),
    path("calls/<int:call_id>/", calls.call, name="call"),
    path("reopening/", reopening.listing, name="reopening"),
    path("reopening/<str:number>/", reopening.decide, name="reopening_case"),
    path("ratings/", reviewing.listing, name="ratings"),
    path("ratings/<int:rating_id>/", reviewing.review, name="rating"),
    path("rate/<str:number>", rating.rate, name="rate"),
]
bare_urlpatterns: list[URLPattern] = [
    path("feeds/places/<str:code>.atom", public.feed, name="cases_feed"),
    path("feeds/places/<str:code>/weeks.atom", weekly.feed, name="cases_weeks_feed"),
]
