"""Who opens the addresses of papers, notices, forms, messages, the rulebook and the trail."""

from __future__ import annotations

PAPERS: dict[str, tuple[str, ...]] = {
    "*": ("desk/", "api/v1/desk/"),
    "documents.read documents.issue": ("documents/export",),
    "documents.read": (
        "documents/<slug:code>/", "api/v1/documents/", "api/v1/documents/<code>/",
    ),
    "documents.issue": ("documents/<slug:code>/reprint", "api/v1/documents/<code>/reprint"),
    "documents.withdraw": ("documents/<slug:code>/withdraw", "api/v1/documents/<code>/withdraw"),
    "documents.read documents.apply_seal documents.approve_seal documents.keep_seal": (
        "seal-uses/", "seal-uses/export", "seal-uses/<int:use_id>/", "api/v1/seal-uses/",
        "api/v1/seal-uses/<int:use_id>/",
    ),
    "documents.apply_seal": ("seal-uses/apply/",),
    "documents.approve_seal": (
        r"^seal-uses/(?P<use_id>\d+)/(?P<move>approve|refuse)$",
        "api/v1/seal-uses/<int:use_id>/decide",
    ),
    "documents.keep_seal": (
        "seal-uses/print", "seal-uses/<int:use_id>/stamp", "seal-uses/<int:use_id>/cancel",
        "seal-uses/<int:use_id>/electronic", "api/v1/seal-uses/<int:use_id>/electronic",
        "api/v1/seal-uses/print", "api/v1/seal-uses/<int:use_id>/stamp",
        "api/v1/seal-uses/<int:use_id>/cancel",
    ),
    "formkit.design": (
        "forms/", "forms/new/", "forms/<slug:key>/", "forms/<slug:key>/begin",
        "forms/<slug:key>/publish", "forms/<slug:key>/retire", "forms/<slug:key>/edit/",
        "forms/<slug:key>/edit/step",
        "forms/<slug:key>/edit/<str:path>/",
        "forms/<slug:key>/preview/", "forms/<slug:key>/tests/",
        "forms/<slug:key>/tests/<int:test_id>/drop", "forms/<slug:key>/compare/",
        "api/v1/forms/<key>/begin", "api/v1/forms/<key>/publish", "api/v1/forms/<key>/save",
        "api/v1/forms/<key>/retire", "api/v1/forms/<key>/tests/", "api/v1/forms/<key>/tests/<int:test_id>/drop",
    ),
    "notices.write notices.publish": (
        "notices/", "notices/<slug:code>/manage/", "notices/<slug:code>/edit/",
        r"^notices/(?P<code>[0-9A-Za-z]+)/(?P<move>submit|return|publish|drop|withdraw)$",
        "api/v1/desk/notices/", "api/v1/desk/notices/<code>/", "api/v1/notices/<code>/submit",
        "api/v1/notices/<code>/return", "api/v1/notices/<code>/publish",
        "api/v1/notices/<code>/drop", "api/v1/notices/<code>/withdraw",
    ),
    "notices.write": (
        "notices/new/", "notices/<slug:code>/correct", "notices/<slug:code>/papers",
        "notices/<slug:code>/photos", "notices/<slug:code>/files/<slug:file>/drop",
        "notices/<slug:code>/print", "api/v1/notices/<code>/save", "api/v1/notices/<code>/correct",
        "api/v1/notices/<code>/save-correction", "api/v1/notices/<code>/papers", "api/v1/notices/<code>/photos",
        "api/v1/notices/<code>/files/<file>/drop", "api/v1/notices/<code>/print",
    ),
    "notify.oversee": (
        "deliveries/", "deliveries/<slug:ref>/drop", "deliveries/<slug:ref>/revive",
        "api/v1/deliveries/", "api/v1/deliveries/<ref>/drop", "api/v1/deliveries/<ref>/revive",
    ),
    "portal.answer": ("feedback/inbox/",),
    "rulebook.set_value": (
        "rulebook/<str:key>/add", "rulebook/values/<int:pk>/withdraw", "api/v1/rulebook/<key>/add",
        "api/v1/rulebook/values/<int:value_id>/withdraw",
    ),
    "rulebook.load_calendar": ("rulebook/calendar/load", "api/v1/rulebook/calendar/load"),
    "trail.read": (
        "trail/", "trail/export", "trail/<int:entry_id>/", "api/v1/trail/entries/",
        "api/v1/trail/entries/<entry_id>/", "api/v1/trail/state/",
    ),
}  # fmt: skip
