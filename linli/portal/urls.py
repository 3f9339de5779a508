"""Addresses of the pages that mix many apps."""

from __future__ import annotations

from django.urls import path

from linli.portal.views import desk, feedback, halls, homes, information, screens

app_name = "portal"
urlpatterns = [
    path("", homes.home, name="home"),
    path("places/<str:code>/", homes.place_home, name="place"),
    path("places/<str:code>/map/", homes.place_map, name="map"),
    path("places/<str:code>/door/<slug:key>/", homes.place_door, name="door"),
    path("places/<str:code>/touch/", screens.touch, name="touch"),
    path("places/<str:code>/touch/feedback/", halls.touch_feedback, name="touch_feedback"),
    path("places/<str:code>/touch/<slug:key>/", screens.touch_door, name="touch_door"),
    path("places/<str:code>/screen/", screens.screen, name="screen"),
    path("search/", homes.search, name="search"),
    path("desk/", desk.desk, name="desk"),
    path("me/", desk.me, name="me"),
    path("feedback/", feedback.give, name="feedback"),
    path("feedback/inbox/", feedback.inbox, name="feedback_inbox"),
    path("feedback/follow/", feedback.find, name="feedback_find"),
    path("feedback/<str:code>/", feedback.follow, name="feedback_follow"),
    path("accessibility/", information.accessibility, name="accessibility"),
    path("privacy/", information.privacy, name="privacy"),
    path("objections/", information.objections, name="objections"),
]
bare_urlpatterns = [
    path("", homes.to_language, name="root"),
    path("follow/", feedback.to_find, name="to_find"),
    path("follow/<str:code>/", feedback.to_follow, name="to_follow"),
]
