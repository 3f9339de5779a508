"""What the lists of staff, certificates and training say as files, the heads first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.orgs import queries
from linli.orgs.types import Arrival, CertificateKind, Subject, title_of
from linli.orgs.views.answering import place_name

Rows = list[list[Any]]


def holding_rows(found: Iterable[Any]) -> Rows:
    """Return who holds which post."""
    rows = list(found)
    names = queries.names_of([h.post.organisation_id for h in rows], localdate())
    heads = [
        _("Place"), _("Organisation"), _("Post"), _("Name"), _("Since"), _("Left on"),
        _("Term until"), _("Came by"), _("Full time"), _("Office phone"), _("Document"),
    ]  # fmt: skip
    lines = [
        [
            place_name(h.post.organisation.place), names.get(h.post.organisation_id, ""),
            h.post.title, h.holder_name, h.since, h.until or "", h.expected_until or "",
            title_of(Arrival, h.came_by), _("yes") if h.is_full_time else _("no"),
            h.post.office_phone, h.document,
        ]
        for h in rows
    ]  # fmt: skip
    return [heads, *lines]


def certificate_rows(rows: Iterable[Any]) -> Rows:
    """Return valid certificates."""
    heads = [
        _("Name"), _("Certificate"), _("Number on the certificate"), _("Issued on"), _("Valid until"),
    ]  # fmt: skip
    return [heads] + [
        [c.holder_name, title_of(CertificateKind, c.kind), c.number, c.issued_on, c.until or ""]
        for c in rows
    ]


def training_rows(found: Iterable[Any]) -> Rows:
    """Return hours that people were trained; an hour that was taken back stands with its minus."""
    rows = list(found)
    names = queries.names_of([t.organisation_id for t in rows], localdate())
    heads = [_("Name"), _("Subject"), _("Course"), _("Organisation"), _("Year"), _("Hours")]
    return [heads] + [
        [
            t.holder_name, title_of(Subject, t.subject), t.title,
            names.get(t.organisation_id, ""), t.year, t.half_hours / 2,
        ]
        for t in rows
    ]  # fmt: skip
