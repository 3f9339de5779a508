"""What the service hall is told of an application, and what its list says of an item in our words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from linli.exchange.types.hall import HallState
from linli.offerings.types.items import (
    Basis,
    Fee,
    ItemFacts,
    ItemKind,
    Limit,
    Material,
    PaperForm,
    Words,
)

H = HallState
# states of the kind `application` → what the hall is told
TOLD: dict[str, HallState] = {
    "submitted": H.RECEIVED, "pre_check": H.RECEIVED, "correction": H.CORRECTION,
    "accepted": H.ACCEPTED, "at_departments": H.AT_WORK, "hearing": H.PAUSED, "inspection": H.PAUSED,
    "experts": H.PAUSED, "granted": H.GRANTED, "denied": H.DENIED, "ready": H.READY,
    "delivered": H.DELIVERED, "closed": H.DELIVERED, "denial_delivered": H.DENIED,
    "not_accepted": H.NOT_ACCEPTED, "withdrawn": H.WITHDRAWN, "lapsed": H.LAPSED,
}  # fmt: skip
SOURCE = "市政务服务网事项清单"


def to_be_told(steps: Iterable[tuple[int, str]], after: int, last: str) -> list[tuple[int, str]]:
    """Return the steps behind `after` by which the hall learns something: (number of step, state).

    `last` is what it was to be told last; a step that changes nothing there is left out.
    """
    found = []
    for seq, state in sorted(steps):
        told = TOLD.get(state)
        if told is None or seq <= after:
            continue
        if told != last:
            found.append((seq, told.value))
        last = told
    return found


def uuid_of(number: str) -> UUID:
    """Return the name under which an application of the hall is opened once."""
    return uuid5(NAMESPACE_URL, f"hall:{number}")


def key_for(code: str) -> str:
    """Return a key for an item that comes from the hall's list."""
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in code.lower())
    return "hall-" + "-".join(part for part in plain.split("-") if part)[:50].strip("-")


def _whole(value: Any, most: int) -> int | None:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return value if is_whole and 0 <= value <= most else None


def _limit(value: Any, base: Limit | None, source: str) -> Limit | None:
    days = _whole(value, 3650)
    if not days:
        return base
    return Limit(days, source=base.source if base and base.source else source)


def facts_from(name: str, content: Mapping[str, Any], base: ItemFacts) -> ItemFacts:
    """Return an item as the hall's list has it, for a draft; what the list does not say stays."""
    fee, visits = _whole(content.get("fee_fen"), 100_000_000), _whole(content.get("visits"), 9)
    promised = _limit(content.get("promised_days"), base.promised, "")
    office = str(content.get("office") or base.office.zh)[:80]
    changed = replace(
        base, name=Words(name[:80], base.name.en), office=Words(office, base.office.en),
        statutory=_limit(content.get("statutory_days"), base.statutory, SOURCE),
        promised=replace(promised, source="") if promised else None,
        fee=base.fee if fee is None else Fee(fee, base.fee.basis or (SOURCE if fee else "")),
        visits=base.visits if visits is None else visits,
    )  # fmt: skip
    return changed if base.materials or base.basis else _with_lists(changed, content)


def _with_lists(facts: ItemFacts, content: Mapping[str, Any]) -> ItemFacts:
    """A new item takes materials and basis over by their names; a person sorts them out."""
    papers = [str(one)[:400] for one in _list(content.get("materials"))]
    return replace(
        facts,
        basis=tuple(Basis(str(one)[:80]) for one in _list(content.get("basis"))),
        materials=tuple(
            Material(f"m{n}", Words(words), PaperForm.ORIGINAL, "applicant", "", {}, Words())
            for n, words in enumerate(papers, 1)
        ),
    )


def _list(value: Any) -> list[Any]:
    return [one for one in value if one][:40] if isinstance(value, list) else []


def new_facts(code: str, name: str) -> ItemFacts:
    """Return an item of which only the name is known yet."""
    words = Words(name[:80])
    return ItemFacts(key_for(code), ItemKind.PUBLIC_SERVICE, words, Words(name[:400]), Words())
