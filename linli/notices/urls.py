"""Addresses of notices. The feed has no language."""

from __future__ import annotations

from django.urls import path, re_path

from linli.notices.views import desk, faces, papers, public, writing

app_name = "notices"
urlpatterns = [
    path("places/<str:code>/notices/", public.of_place, name="of_place"),
    path("places/<str:code>/notices/touch/", faces.touch_list, name="touch_list"),
    path(
        "places/<str:code>/notices/touch/<slug:notice>/", faces.touch_posting, name="touch_posting"
    ),
    path("places/<str:code>/notices/screen/", faces.screen, name="screen"),
    path("notices/", desk.posting_list, name="list"),
    path("notices/new/", writing.posting_new, name="new"),
    path("notices/<slug:code>/", public.posting, name="posting"),
    path("notices/<slug:code>/manage/", desk.manage, name="manage"),
    path("notices/<slug:code>/edit/", writing.edit, name="edit"),
    path("notices/<slug:code>/correct", writing.correct, name="correct"),
    re_path(
        r"^notices/(?P<code>[0-9A-Za-z]+)/(?P<move>submit|return|publish|drop|withdraw)$",
        desk.move,
        name="move",
    ),
    path("notices/<slug:code>/papers", papers.add_papers, name="add_papers"),
    path("notices/<slug:code>/photos", papers.add_photos, name="add_photos"),
    path("notices/<slug:code>/files/<slug:file>/drop", papers.drop_file, name="drop_file"),
    path("notices/<slug:code>/print", papers.print_posting, name="print"),
]
bare_urlpatterns = [path("feeds/notices/<slug:code>.atom", faces.feed, name="notices_feed")]
