"""Addresses of the grid."""

from __future__ import annotations

from django.urls import path

from linli.grid.views import (
    cell,
    checks,
    contacts,
    desks,
    events,
    heads,
    kept,
    outdoors,
    today,
    village,
    visits,
)

app_name = "grid"
CELL = "grid/<str:code>/cells/<slug:layer>/<str:cell>/"
urlpatterns = [
    path("grid/", village.mine, name="mine"),
    path("grid/duties/<int:duty_id>/end/", cell.end, name="duty_end"),
    path("grid/contacts/<int:contact_id>/show", contacts.show, name="contact_show"),
    path("grid/contacts/<int:contact_id>/end", contacts.end, name="contact_end"),
    path("grid/today/", today.today, name="today"),
    path("grid/outdoors/", outdoors.app, name="outdoors"),
    path("grid/outdoors/app.webmanifest", outdoors.manifest, name="outdoors_manifest"),
    path("grid/outdoors/worker.js", outdoors.worker, name="outdoors_worker"),
    path("grid/kept/", kept.listing, name="kept"),
    path("grid/kept/<int:entry_id>/", kept.detail, name="kept_entry"),
    path("grid/report/", events.report, name="report"),
    path("grid/events/", events.listing, name="events"),
    path("grid/events/<str:number>/", events.detail, name="event"),
    path("grid/events/<str:number>/<slug:move>", events.move, name="event_move"),
    path("places/<str:code>/heads/", heads.public, name="heads"),
    path("places/<str:code>/heads/stand/", heads.stand, name="head_stand"),
    path("heads/<int:head_id>/say/", heads.say, name="head_say"),
    path("heads/words/<slug:word>/", heads.follow, name="word_follow"),
    path("heads/<int:head_id>/withdraw", heads.withdraw, name="head_withdraw"),
    path("me/heads/", desks.desk, name="head_desk"),
    path("me/heads/words/<slug:word>/", desks.word, name="head_word"),
    path("grid/heads/<int:head_id>/choice/", heads.choice, name="head_choice"),
    path("grid/heads/<int:head_id>/end/", heads.end, name="head_end"),
    path("grid/<str:code>/heads/", heads.kept, name="heads_kept"),
    path("grid/stops/", visits.listing, name="stops"),
    path("grid/stops/new/", visits.add, name="stop_new"),
    path("grid/stops/<int:stop_id>/visit/", visits.visit, name="visit"),
    path("grid/stops/<int:stop_id>/end", visits.end, name="stop_end"),
    path("grid/checks/", checks.listing, name="checks"),
    path("grid/checks/new/<slug:hazard>/", checks.add, name="check_new"),
    path("grid/checks/<int:check_id>/", checks.detail, name="check"),
    path("grid/checks/<int:check_id>/again/", checks.again, name="recheck"),
    path("grid/<str:code>/", village.village, name="village"),
    path("grid/<str:code>/print/", village.paper, name="print"),
    path(CELL, cell.detail, name="cell"),
    path(f"{CELL}staff/new/", cell.add, name="duty_new"),
    path(f"{CELL}contacts/new/", contacts.add, name="contact_new"),
]
