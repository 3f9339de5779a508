"""Lists of staff, certificates and training as files, the heads first: at once, or by a job."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.list_files import Asked, Row, sheet_of
from linli.kernel.paging import Keyset
from linli.kernel.permits import Actor
from linli.kernel.wholes import whole_number
from linli.orgs.queries import staff
from linli.orgs.queries.naming import names_of, place_name
from linli.orgs.queries.staff import StaffWanted
from linli.orgs.types import Arrival, CertificateKind, Subject, title_of
from linli.places import queries as places

Rows = list[list[Any]]
BY_RANK, LATEST = Keyset("rank", ("path", "rank", "pk")), Keyset("latest", ("-pk",))


def staff_wanted(asked: Asked, path: str) -> StaffWanted:
    """Return which holdings an address asks for."""
    return StaffWanted(
        path=path,
        words=asked.get("q", "").strip()[:60],
        came_by=asked.get("came_by", ""),
        post_kind=asked.get("kind", ""),
        with_former=asked.get("former", "") == "1",
    )


def year_of(asked: Asked) -> int:
    """Return the year of training that an address asks for; this year unless it says one."""
    year = whole_number(asked.get("year"), least=1000, most=9999)
    return localdate().year if year is None else year


def staff_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Who holds which post at a place and below. Refuses with NotFound, NotAllowed."""
    wanted = staff_wanted(asked, _path(asked))
    found = staff.staff_holdings(actor, wanted, on=localdate(now))
    return sheet_of(found, BY_RANK, holding_rows)


def certificate_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Valid certificates at a place and below. Refuses with NotFound, NotAllowed."""
    social = asked.get("kind", "") == "social_work"
    found = staff.certificates(actor, _path(asked), on=localdate(now), social_work_only=social)
    return sheet_of(found, LATEST, certificate_rows)


def training_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Entries of training of a year. Refuses with NotFound, NotAllowed."""
    found = staff.training(actor, _path(asked), year=year_of(asked))
    return sheet_of(found, LATEST, training_rows)


def _path(asked: Asked) -> str:
    return places.get_place(asked.get("place", "")).path


def holding_rows(found: Iterable[Any]) -> Rows:
    """Return who holds which post."""
    rows = list(found)
    names = names_of([h.post.organisation_id for h in rows], localdate())
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
    names = names_of([t.organisation_id for t in rows], localdate())
    heads = [_("Name"), _("Subject"), _("Course"), _("Organisation"), _("Year"), _("Hours")]
    return [heads] + [
        [
            t.holder_name, title_of(Subject, t.subject), t.title,
            names.get(t.organisation_id, ""), t.year, t.half_hours / 2,
        ]
        for t in rows
    ]  # fmt: skip
