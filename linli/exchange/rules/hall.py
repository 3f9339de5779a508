"""What the hall's answers say, read with every doubt; how its list differs from what is known; days compared."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from linli.exchange.types.hall import (
    Batch,
    Difference,
    HallDay,
    ListedItem,
    SentIn,
    Unreadable,
)

NUMBER, CODE, PLACE, NAME, LINE = 64, 64, 20, 60, 200
MOST_ANSWERS, MOST_ROWS = 40, 500
DELIVERIES = frozenset({"counter", "post", "e_certificate"})
# what an item says, for the page of differences; everything else of the hall's is left out
SAYS = (
    "office",
    "statutory_days",
    "promised_days",
    "fee_fen",
    "visits",
    "materials",
    "channels",
    "basis",
    "url",
)


class NoSense(ValueError):
    """An answer has not the shape of the contract; nothing of it is used."""


def canonical(value: Any) -> str:
    """Return plain data as one text, the same for the same content."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def digest_of(value: Any) -> str:
    """Return the SHA-256 of plain data."""
    return sha256(canonical(value).encode()).hexdigest()


def batch_of(said: Any, key: str) -> Batch:
    """Return the raw rows of an answer with the mark behind them. Raises NoSense."""
    rows = said.get(key) if isinstance(said, Mapping) else None
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        raise NoSense(key)
    mark, more = said.get("mark"), said.get("more", False)
    if not isinstance(mark, str) or len(mark) > 80 or not isinstance(more, bool):
        raise NoSense("mark")
    return Batch(tuple(rows), mark, more)


def text_of(row: Mapping[str, Any], key: str, most: int, *, needed: bool = False) -> str:
    """Return a line of an answer, its blanks in order. Raises NoSense."""
    value = row.get(key)
    if value is None:
        value = ""
    if not isinstance(value, str) or len(value) > most or "\0" in value:
        raise NoSense(key)
    said = " ".join(value.split())
    if needed and not said:
        raise NoSense(key)
    return said


def read_item(row: Any) -> ListedItem:
    """Return an item of the hall's list. Raises NoSense."""
    if not isinstance(row, Mapping):
        raise NoSense("item")
    content = {key: row[key] for key in SAYS if row.get(key) not in (None, "", [])}
    if len(canonical(content)) > 20_000:
        raise NoSense("item")
    version = row.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or not 1 <= version < 2**31:
        raise NoSense("version")
    return ListedItem(
        text_of(row, "code", CODE, needed=True), version, text_of(row, "name", LINE, needed=True),
        row.get("state", "valid") == "valid", content,
    )  # fmt: skip


def read_application(row: Any) -> SentIn | Unreadable:
    """Return an application of the hall; one that makes no sense is kept for a person to see."""
    try:
        return _application(row)
    except (NoSense, ValueError, OverflowError):
        raw = canonical(row)[:4000]
        number = row.get("number") if isinstance(row, Mapping) else None
        named = number if isinstance(number, str) and 0 < len(number) <= NUMBER else ""
        return Unreadable(named or f"?{digest_of(raw)[:20]}", raw)


def _application(row: Any) -> SentIn:
    if not isinstance(row, Mapping) or not isinstance(row.get("applicant"), Mapping):
        raise NoSense("application")
    who, answers = row["applicant"], row.get("answers") or {}
    if not isinstance(answers, Mapping) or len(answers) > MOST_ANSWERS:
        raise NoSense("answers")
    delivery = row.get("delivery") or "counter"
    if delivery not in DELIVERIES:
        raise NoSense("delivery")
    return SentIn(
        number=text_of(row, "number", NUMBER, needed=True),
        item_code=text_of(row, "item_code", CODE, needed=True),
        place=text_of(row, "place", PLACE), sent_at=moment_of(row.get("sent_at")),
        name=text_of(who, "name", NAME, needed=True), id_number=text_of(who, "id_number", 30),
        phone=text_of(who, "phone", 24), address=text_of(who, "address", LINE), delivery=delivery,
        answers={_key(key): text_of(answers, key, NAME) for key in answers},
    )  # fmt: skip


def _key(key: Any) -> str:
    if not isinstance(key, str) or len(key) > NAME:
        raise NoSense("answers")
    return key


def moment_of(value: Any) -> datetime:
    """Return a moment with its zone. Raises NoSense for one without: whose day is it?"""
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise NoSense("moment") from None
    if at.tzinfo is None or not 2000 <= at.year <= 2100:
        raise NoSense("moment")
    return at


def written(sent: SentIn) -> str:
    """Return an application as the text that is kept sealed."""
    return json.dumps({**asdict(sent), "sent_at": sent.sent_at.isoformat()}, ensure_ascii=False)


def read_back(text: str) -> SentIn:
    """Return what `written` kept."""
    said = json.loads(text)
    return SentIn(**{**said, "sent_at": datetime.fromisoformat(said["sent_at"])})


def difference_of(known_digest: str, digest: str, *, is_valid: bool) -> Difference:
    """Say what a person should look at. What was never decided on is new; what ended there is gone."""
    if not is_valid:
        return Difference.GONE if known_digest else Difference.SAME
    if not known_digest:
        return Difference.NEW
    return Difference.SAME if known_digest == digest else Difference.CHANGED


def known_of(name: str, version: int, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an item says, as it is kept to be compared with later."""
    return {"name": name, "version": version, **content}


def changes_of(known: Mapping[str, Any], now: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return what changed in an item: (field, what was known, what it says now)."""
    return [
        (key, shown(known.get(key)), shown(now.get(key)))
        for key in ("name", "version", *SAYS)
        if known.get(key) != now.get(key)
    ]


def shown(value: Any) -> str:
    """Return a value of the hall as one line."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "；".join(shown(one) for one in value)
    if isinstance(value, Mapping):
        return " ".join(shown(one) for one in value.values())
    return str(value)


def read_day(said: Any) -> HallDay:
    """Return what the hall counts of a day: applications, and steps of applicants. Raises NoSense."""
    if not isinstance(said, Mapping):
        raise NoSense("day")
    made, changed = said.get("applications"), said.get("changes")
    if not isinstance(made, list) or not isinstance(changed, list):
        raise NoSense("day")
    try:
        on = date.fromisoformat(said.get("day", ""))
    except (TypeError, ValueError):
        raise NoSense("day") from None
    states = {}
    for row in [*made, *changed]:
        if not isinstance(row, Mapping):
            raise NoSense("day")
        states[text_of(row, "number", NUMBER, needed=True)] = text_of(row, "state", 20)
    return HallDay(on, states)


def compared(
    theirs: Mapping[str, str], ours: Mapping[str, str]
) -> Sequence[tuple[str, str, str, str]]:
    """Return where both differ: (number, what, theirs, ours); what is not_here, not_there or other.

    A state that we were not told, and that we have not told, is no difference.
    """
    rows = [(number, "not_here", theirs[number], "") for number in theirs if number not in ours]
    rows += [(number, "not_there", "", ours[number]) for number in ours if number not in theirs]
    rows += [
        (number, "other", theirs[number], ours[number])
        for number in theirs
        if number in ours and theirs[number] != ours[number]
    ]
    return sorted(rows)
