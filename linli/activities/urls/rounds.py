"""Addresses of groups and rounds."""

from __future__ import annotations

from django.urls import path

from linli.activities.views import lists, rounds, rounds_desk

urlpatterns = [
    path("places/<str:code>/rounds/", rounds.listing, name="rounds"),
    path("places/<str:code>/rounds/new/", rounds_desk.round_new, name="round_new"),
    path("places/<str:code>/groups/new/", rounds_desk.group_new, name="group_new"),
    path("rounds/<int:round_id>/", rounds.detail, name="round"),
    path("rounds/<int:round_id>/draw.json", rounds.draw_file, name="round_draw"),
    path("rounds/<int:round_id>/wish/", rounds.wish, name="round_wish"),
    path("rounds/<int:round_id>/object/", rounds.object_to, name="round_object"),
    path("desk/venues/groups/", lists.register, name="groups"),
    path("desk/venues/groups/<int:group_id>/", rounds_desk.group_edit, name="group_edit"),
    path("desk/venues/groups/<int:group_id>/end", rounds_desk.group_end, name="group_end"),
    path("desk/venues/rounds/<int:round_id>/", rounds_desk.round_desk, name="round_desk"),
    path(
        "desk/venues/rounds/<int:round_id>/objections/<int:objection_id>",
        rounds_desk.objection_answer,
        name="objection_answer",
    ),
    path("desk/venues/rounds/<int:round_id>/<slug:move>", rounds_desk.round_act, name="round_act"),
]
