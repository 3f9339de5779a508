"""Addresses of files."""

from __future__ import annotations

from django.urls import path, re_path

from linli.files import views

app_name = "files"
urlpatterns = [
    path("files/drafts/add", views.draft_add, name="draft_add"),
    path("files/lists/add", views.list_file, name="list_file"),
    path("files/<slug:code>/", views.download, name="download"),
    re_path(r"^files/(?P<code>[A-Z0-9]+)/(?P<side>1920|480)/$", views.download, name="smaller"),
]
# bytes are no JSON: a key opens them beside the API's own addresses
bare_urlpatterns = [
    path("api/v1/files/<slug:code>/content/", views.content, name="api_file_content"),
]
