"""Addresses of draws and of ratings of visits."""

from __future__ import annotations

from django.urls import path

from linli.offerings.views import draw_claims, rating_tablets, rounds, visit_ratings

urlpatterns = [
    path("draws/<slug:code>/", rounds.public, name="draw_round"),
    path("draws/<slug:code>/draw.json", rounds.file, name="draw_file"),
    path("draws/<slug:code>/mine/", draw_claims.mine, name="draw_mine"),
    path("draws/entries/<slug:code>/", rounds.entry, name="entry"),
    path("draws/entries/<slug:code>/<slug:move>", rounds.answer, name="entry_answer"),
    path("windows/draws/<slug:code>/<slug:move>", rounds.step, name="draw_step"),
    path("windows/ratings/", visit_ratings.calls, name="rating_calls"),
    path("windows/ratings/<int:rating_id>/", visit_ratings.call, name="rating_call"),
    path("windows/<slug:centre>/draws/", rounds.listing, name="draw_rounds"),
    path("rate/visits/<slug:code>/", visit_ratings.rate, name="rate"),
    path("rate/tablet/", rating_tablets.tablet, name="tablet"),
    path("windows/of/<int:window_id>/tablets/", rating_tablets.of_window, name="window_tablets"),
    path("windows/tablets/<int:tablet_id>/end", rating_tablets.end, name="tablet_end"),
]
