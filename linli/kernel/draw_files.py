"""The file of a draw (docs/formats/draw.md): written when a draw is published, checked by whoever doubts it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linli.kernel.canonical import canonical
from linli.kernel.draws import (
    FORMAT,
    Draw,
    Entry,
    Option,
    commitment_of,
    faults_of,
    outcome,
    waiting,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking a file: how many entries and places there were, and all that does not fit."""

    name: str
    entries: int
    drawn: int
    problems: tuple[str, ...]


def list_hash(draw: Draw) -> str:
    """Return the hash of the options and entries of a draw: published at the closing, before the seed is."""
    return hashlib.sha256(canonical(_listed(draw))).hexdigest()


def file_of(draw: Draw) -> dict[str, Any]:
    """Return the file of a draw, ready to be written as JSON. Raises ValueError for a faulty draw."""
    won = outcome(draw)
    return {
        "format": FORMAT, "name": draw.name, "commitment": commitment_of(draw.seed),
        **_listed(draw), "list_hash": list_hash(draw), "seed": draw.seed, "public": draw.public,
        "drawn": won, "waiting": waiting(draw, won),
    }  # fmt: skip


def check(data: Any) -> Checked:
    """Make a published draw again from its file, and say all in which the file differs."""
    try:
        draw = _read(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return Checked("", 0, 0, (f"this is no draw of the format {FORMAT}: {error}",))
    faults = faults_of(draw)
    if faults:
        return Checked(draw.name, len(draw.entries), 0, tuple(faults))
    again = file_of(draw)
    problems = [
        text
        for key, text in (
            ("commitment", "the seed is not the one that was promised"),
            ("list_hash", "the list of options and entries is not the one that was closed"),
            ("waiting", "the order of those who wait is another"),
        )
        if data.get(key) != again[key]
    ]
    problems += _differing(data.get("drawn"), again["drawn"])
    return Checked(draw.name, len(draw.entries), len(again["drawn"]), tuple(problems))


def _differing(said: Any, made: Mapping[str, str]) -> list[str]:
    if not isinstance(said, dict):
        return ["the file does not say who was drawn"]
    return [
        f"{one}: the file says {said.get(one, 'nothing')}, the draw gives {made.get(one, 'nothing')}"
        for one in sorted({*said, *made})
        if said.get(one) != made.get(one)
    ]


def _listed(draw: Draw) -> dict[str, Any]:
    return {
        "options": [
            {"key": one.key, "places": one.places, "reserved": dict(one.reserved)}
            for one in sorted(draw.options, key=lambda one: one.key)
        ],
        "entries": [
            {"id": one.id, "wishes": list(one.wishes), "group": one.group}
            for one in sorted(draw.entries, key=lambda one: one.id)
        ],
    }


def _read(data: Any) -> Draw:
    if data["format"] != FORMAT:
        raise ValueError(data["format"])
    options = tuple(
        Option(_text(one["key"]), _whole(one["places"]), _reserved(one["reserved"]))
        for one in data["options"]
    )
    entries = tuple(
        Entry(_text(one["id"]), tuple(map(_text, one["wishes"])), _text(one["group"]))
        for one in data["entries"]
    )
    return Draw(
        _text(data["name"]), options, entries, _text(data["seed"]), _text(data.get("public", ""))
    )


def _reserved(data: Any) -> dict[str, int]:
    return {_text(group): _whole(places) for group, places in data.items()}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r} is no whole number")
    return value
