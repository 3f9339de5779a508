"""Addresses of documents. A printed code has no language: /q/CODE."""

from __future__ import annotations

from django.urls import path, re_path

from linli.documents.views import check, papers, seals

app_name = "documents"
urlpatterns = [
    path("documents/", papers.document_list, name="list"),
    path("documents/export", papers.document_export, name="export"),
    path("documents/<slug:code>/", papers.document_detail, name="detail"),
    path("documents/<slug:code>/reprint", papers.document_reprint, name="reprint"),
    path("documents/<slug:code>/withdraw", papers.document_withdraw, name="withdraw"),
    path("seal-uses/", seals.seal_list, name="seals"),
    path("seal-uses/export", seals.seal_export, name="seals_export"),
    path("seal-uses/print", seals.seal_print, name="seals_print"),
    path("seal-uses/apply/", seals.seal_apply, name="seal_apply"),
    path("seal-uses/<int:use_id>/", seals.seal_detail, name="seal"),
    re_path(
        r"^seal-uses/(?P<use_id>\d+)/(?P<move>approve|refuse)$",
        seals.seal_decide,
        name="seal_decide",
    ),
    path("seal-uses/<int:use_id>/stamp", seals.seal_stamp, name="seal_stamp"),
    path("seal-uses/<int:use_id>/electronic", seals.seal_electronic, name="seal_electronic"),
    path("seal-uses/<int:use_id>/cancel", seals.seal_cancel, name="seal_cancel"),
    path("check/", check.check_ask, name="check_ask"),
    path("check/<slug:code>/", check.check, name="check"),
]
bare_urlpatterns = [
    path("q/<slug:code>", check.follow_code, name="follow_code"),
    path("q/<slug:code>/", check.follow_code),
]
