"""What the home of a place shows of orgs: its office, and who is who by post."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.addresses import address_of
from linli.kernel.permits import Actor
from linli.kernel.registries import HOME_SLOTS, HomeItem, HomeSlot
from linli.orgs.queries import homes
from linli.orgs.queries.homes import Office, Who
from linli.ui.formats import hours_told, is_chinese, listed
from linli.ui.jinja import named

Items = Callable[[], Sequence[HomeItem]]


def office(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Phone, hours and address of the body that receives people; one query."""
    return office_ahead(place, actor, on, limit)()


def office_ahead(place: Any, actor: Actor, on: date, limit: int) -> Items:
    """Begin to read the office."""
    asked = homes.ask_office(place.path, on)
    return lambda: [item for body in asked.rows() for item in _of_office(body)]


def _of_office(body: Office) -> list[HomeItem]:
    items = []
    if body.phone:
        items.append(HomeItem(title=body.phone, url=f"tel:{body.phone}", text=named(body)))
    if body.hours:
        items.append(HomeItem(title=_("Hours"), url="", text=hours_told(body.hours)))
    if body.address:
        items.append(HomeItem(title=_("Address"), url="", text=body.address))
    return items


def who(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Public posts with their holders and the office's phone; one query."""
    return who_ahead(place, actor, on, limit)()


def who_ahead(place: Any, actor: Actor, on: date, limit: int) -> Items:
    """Begin to read who holds which post."""
    asked = homes.ask_who(place.path, on)
    return lambda: _by_holder(asked.rows(), place)


def _by_holder(found: Sequence[Who], place: Any) -> list[HomeItem]:
    by_holder: dict[str, list[Who]] = {}
    for row in found:
        by_holder.setdefault(row.holder_name, []).append(row)
    in_chinese = is_chinese()
    return [
        HomeItem(
            title=name,
            url=address_of("orgs:post", rows[0].post_id),
            text=" · ".join(text for text in _told(rows, place, in_chinese) if text),
        )
        for name, rows in by_holder.items()
    ]


def _told(rows: Sequence[Who], place: Any, in_chinese: bool) -> list[str]:
    """What one person holds and looks after: 村党工委书记、村委会主任 · 全面工作 · 0769-…"""
    posts = [_post(row, place, in_chinese) for row in rows]
    duties = dict.fromkeys(row.duties for row in rows if row.duties)
    phones = dict.fromkeys(row.office_phone for row in rows if row.office_phone)
    return [listed(posts), *duties, *phones]


def _post(row: Who, place: Any, in_chinese: bool) -> str:
    if not in_chinese:
        return f"{row.title_en or row.title}, {row.body_en}"
    # on the page of a village its name need not stand before every body again
    return row.body.removeprefix(place.short_name.removesuffix("村")) + row.title


def centres(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """The open centres that serve a place, with hours, phone and address; one query."""
    return [
        HomeItem(
            title=named(found),
            url=address_of("orgs:organisation", found.code),
            text=" · ".join(
                text for text in (hours_told(found.hours), found.phone, found.address) if text
            ),
        )
        for found in homes.centres_of(place.path, on)
    ]


def register() -> None:
    """Tell the home pages about orgs. Called once at start."""
    HOME_SLOTS.add(
        HomeSlot(
            "orgs.centres", "door:services", gettext_lazy("Service centres"), centres, order=10
        )
    )
    HOME_SLOTS.add(
        HomeSlot(
            "orgs.office", "office", gettext_lazy("Office"), office, order=10, ahead=office_ahead
        )
    )
    HOME_SLOTS.add(
        HomeSlot(
            "orgs.who", "who", gettext_lazy("Who does what"), who, order=10,
            more_url_name="orgs:at", ahead=who_ahead,
        )
    )  # fmt: skip
