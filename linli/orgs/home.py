"""What the home of a place shows of orgs: its office, and who is who by post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.permits import Actor
from linli.kernel.registries import HOME_SLOTS, HomeItem, HomeSlot
from linli.orgs.queries import homes
from linli.ui.formats import is_chinese


def office(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Phone, hours and address of the body that receives people; one query."""
    body = homes.office_of(place.path, on)
    if body is None:
        return []
    items = []
    if body.phone:
        items.append(HomeItem(title=body.phone, url=f"tel:{body.phone}", text=body.name))
    if body.hours:
        items.append(HomeItem(title=_("Hours"), url="", text=body.hours))
    if body.address:
        items.append(HomeItem(title=_("Address"), url="", text=body.address))
    return items


def who(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Public posts with their holders and the office's phone; one query."""
    items = []
    for row in homes.who_is_who(place.path, on):
        title = row.title if is_chinese() or not row.title_en else row.title_en
        post = f"{row.body} {title}" if is_chinese() else f"{title}, {row.body}"
        told = [post, row.duties, row.office_phone]
        items.append(
            HomeItem(
                title=row.holder_name,
                url=reverse("orgs:post", args=[row.post_id]),
                text=" · ".join(text for text in told if text),
            )
        )
    return items


def register() -> None:
    """Tell the home pages about orgs. Called once at start."""
    HOME_SLOTS.add(HomeSlot("orgs.office", "office", gettext_lazy("Office"), office, order=10))
    HOME_SLOTS.add(
        HomeSlot(
            "orgs.who", "who", gettext_lazy("Who does what"), who, order=10,
            more_url_name="orgs:at",
        )
    )  # fmt: skip
