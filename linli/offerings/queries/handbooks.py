"""What the handbook of a place says on a day, in the language that is active: plain data for the printer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from linli.files.queries import files_of
from linli.files.types import Owner
from linli.offerings.queries.guides import Guide, Thing, guide_of
from linli.offerings.queries.handbook_maps import map_of
from linli.offerings.queries.item_files import life_events
from linli.offerings.queries.items import offered
from linli.offerings.types.handbooks import EDITIONS, Edition
from linli.orgs.queries.centres import CentreRow, centre_rows
from linli.orgs.queries.homes import office_of, who_is_who
from linli.ui.formats import is_chinese
from linli.ui.jinja import named

if TYPE_CHECKING:
    from linli.files.models import StoredFile
    from linli.places.models import Place

Tell = Callable[[int, int], None]


def handbook_of(place: Place, on: date, tell: Tell | None = None) -> dict[str, Any]:
    """Return all that the handbook says. `tell(done, all)` hears how many guides are written."""
    centres = [
        row for row in centre_rows(_town(place), on=on) if row.is_open and _serves(row, place)
    ]
    guides = _guides(place, on, tell)
    return {
        "place": named(place), "doors": _doors(place, centres, on), "who": _who(place, on),
        "numbers": numbers(), "map": map_of(place, centres),
        "chapters": [
            {"title": event.title, "items": [_told(one) for one in guides[event.key]]}
            for event in life_events()
            if guides[event.key]
        ],
        "refused": [[one.name, one.instead] for one in guides["refused"]],
        "counted": sum(len(found) for found in guides.values()),
    }  # fmt: skip


def newest(place: Place) -> list[tuple[Edition, StoredFile | None]]:
    """Return each edition with its newest file, if one was made."""
    return [(one, next(reversed(files_of(Owner(one.owner, place.pk))), None)) for one in EDITIONS]


def numbers() -> list[list[str]]:
    """Return the short numbers that work everywhere: the number, and for what."""
    return [
        ["110", _("Police: danger, violence, a crime")],
        ["119", _("Fire, somebody trapped")],
        ["120", _("Ambulance")],
        ["122", _("Traffic accident")],
        ["12345", _("Any matter with the government, day and night")],
        ["12348", _("Free legal advice")],
        ["12333", _("Work, pensions, social insurance")],
        ["12393", _("Medical insurance")],
        ["12338", _("Rights of women and children")],
    ]


def _town(place: Place) -> str:
    return "".join(f"{code}/" for code in place.path.split("/")[:2])


def _serves(row: CentreRow, place: Place) -> bool:
    return (
        any(served.pk == place.pk for served in row.places) or place.path == row.organisation.path
    )


def _doors(place: Place, centres: Sequence[CentreRow], on: date) -> list[list[str]]:
    """Return the centres of a place, then its office: name, phone, hours, address."""
    found = [row.organisation for row in centres]
    office = office_of(place.path, on)
    return [
        [_name(one), one.phone or "", one.hours or "", one.address or ""]
        for one in (*found, *([office] if office else []))
    ]


def _name(one: Any) -> str:
    english = getattr(one, "name_en", "")
    return str(one.name if is_chinese() or not english else english)


def _who(place: Place, on: date) -> list[list[str]]:
    """Return public posts with their phones and what they look after; a booklet outlives its names."""
    return [
        [row.title if is_chinese() else row.title_en or row.title, row.office_phone, row.duties]
        for row in who_is_who(place.path, on)
        if row.office_phone
    ]


def _guides(place: Place, on: date, tell: Tell | None) -> dict[str, list[Guide]]:
    """Return the guides of what is offered by their first life event, refused proofs apart."""
    versions = list(offered(on, place.path).order_by("item_id"))
    found: dict[str, list[Guide]] = defaultdict(list)
    for done, version in enumerate(versions, 1):
        guide = guide_of(version, {})
        if not guide.is_suspended:
            event = guide.facts.events[0] if guide.facts.events else "proofs"
            found["refused" if guide.is_refused else event].append(guide)
        if tell is not None:
            tell(done, len(versions))
    return found


def _told(guide: Guide) -> dict[str, Any]:
    """Return a guide in the few lines that a booklet has for it."""
    return {
        "key": guide.key, "name": guide.name, "says": guide.says,
        "bring": [_line(one) for one in guide.bring], "looked_up": [one.words for one in _once(guide.looked_up)],
        "conditions": [_line(one) for one in guide.conditions], "result": guide.result,
        "how": [
            text for text in (guide.promised or guide.statutory, guide.fee, guide.visits) if text
        ],
        "ways": list(guide.channels), "office": guide.office,
    }  # fmt: skip


def _once(things: Sequence[Thing]) -> list[Thing]:
    return list({one.words: one for one in things}.values())


def _line(one: Thing) -> list[str]:
    """Return a thing and for whom it is, with its note."""
    return [one.words, one.only, one.note]
