"""Reads the files of the law and refuses what is incomplete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from linli.rulebook.law.model import Entry, Group, Law, Parameter, Source
from linli.rulebook.law.values import Glossary, parse_value
from linli.rulebook.types import Certainty, Force, Level, Reading, Tighten, Words

FOLDER = Path(__file__).parent
NATIONAL = "national"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LEVELS = {2: Level.PROVINCE, 6: Level.CITY}
_PARAMETER_FIELDS = {
    "description", "description_zh", "unit", "tighten", "certainty", "rules", "used_by",
    "kept_for", "values", "jurisdiction", "local", "force", "reading", "reading_zh", "checked_on", "pattern",
}  # fmt: skip
_VALUE_FIELDS = {
    "value", "source", "article", "certainty", "precision", "until", "named", "readings",
    "checked_on",
}  # fmt: skip


class Faulty(ValueError):
    """A file of the law that is incomplete or contradicts itself."""


@cache
def law() -> Law:
    """Return the law of the package's own files, read once."""
    return read_folder(FOLDER)


def read_folder(folder: Path) -> Law:
    """Read a folder of YAML files. Raises Faulty with file and key."""
    glossary = Glossary(_read(folder / "words.yaml"))
    sources = {
        key: Source(
            key, (raw["title"], raw["title_en"]), raw.get("number", ""), raw.get("practice", False)
        )
        for key, raw in _read(folder / "sources.yaml").items()
    }
    parameters: dict[str, Parameter] = {}
    groups: dict[str, Group] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name in ("words.yaml", "sources.yaml"):
            continue
        raw = _read(path)
        head = raw["group"]
        group = Group(head["key"], (head["title"], head["title_en"]), head["order"])
        groups[group.key] = group
        for key, body in raw["parameters"].items():
            if key in parameters:
                raise Faulty(f"{path.name}: {key} is there twice")
            body = {"checked_on": raw["checked_on"], **body}
            try:
                parameters[key] = _Reader(key, group.key, body, sources, glossary).parameter()
            except (KeyError, ValueError, TypeError) as error:
                raise Faulty(f"{path.name}: {key}: {error}") from error
    ordered = dict(sorted(groups.items(), key=lambda item: item[1].order))
    return Law(parameters, ordered, sources, glossary)


def _read(path: Path) -> dict[str, Any]:
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 safe loader
    if not isinstance(raw, dict):
        raise Faulty(f"{path.name} holds no keys")
    return raw


class _Reader:
    """Turns one written parameter into its type."""

    def __init__(
        self,
        key: str,
        group: str,
        raw: Mapping[str, Any],
        sources: Mapping[str, Source],
        glossary: Glossary,
    ) -> None:
        self.key, self.group, self.raw = key, group, raw
        self.sources, self.glossary = sources, glossary

    def parameter(self) -> Parameter:
        raw = self.raw
        _only(raw, _PARAMETER_FIELDS)
        unit, home = raw["unit"], str(raw.get("jurisdiction", NATIONAL))
        if not self.glossary.knows("units", unit):
            raise Faulty(f"unknown unit {unit}")
        used_by, kept_for = tuple(raw.get("used_by", ())), tuple(raw.get("kept_for", ()))
        if not raw["rules"] or not {*used_by, *kept_for} or set(used_by) & set(kept_for):
            raise Faulty("rule ids are missing, or who uses it now and for whom it is kept")
        return Parameter(
            key=self.key,
            group=self.group,
            title=self._words("description"),
            unit=unit,
            tighten=Tighten(raw["tighten"]),
            certainty=Certainty(raw["certainty"]),
            force=Force(raw.get("force", "binding")),
            text=self._words("reading") if "reading" in raw or "reading_zh" in raw else ("", ""),
            rules=tuple(raw["rules"]),
            used_by=used_by,
            kept_for=kept_for,
            jurisdiction=home,
            entries=tuple(self._entries(home)),
            blank=parse_value(raw.get("pattern")),
        )

    def _words(self, field: str) -> Words:
        zh, en = self.raw[f"{field}_zh"], self.raw[field]
        if not zh or not en:
            raise Faulty(f"{field} is empty")
        return (zh, en)

    def _entries(self, home: str) -> Iterator[Entry]:
        scopes = {home: self.raw["values"], **self.raw.get("local", {})}
        for jurisdiction, values in scopes.items():
            for start, body in sorted(values.items()):
                yield self._entry(str(jurisdiction), start, body)

    def _entry(self, jurisdiction: str, start: date, body: Mapping[str, Any]) -> Entry:
        _only(body, _VALUE_FIELDS)
        source, article = self.sources[body["source"]], str(body.get("article", ""))
        level = Level.NATIONAL if jurisdiction == NATIONAL else _LEVELS[len(jurisdiction)]
        return Entry(
            start=start,
            value=parse_value(body["value"]),
            jurisdiction=jurisdiction,
            level=level,
            source=source.cite(article),
            certainty=Certainty(body.get("certainty", self.raw["certainty"])),
            checked_on=body.get("checked_on", self.raw["checked_on"]),
            article=article,
            source_key=source.key,
            precision=body.get("precision", "day"),
            until=body.get("until"),
            reading=body.get("named", ""),
            readings=tuple(self._readings(body)),
        )

    def _readings(self, body: Mapping[str, Any]) -> Iterator[Reading]:
        readings = body.get("readings", {})
        if readings and body.get("named") not in readings:
            raise Faulty("a disputed value names the reading that is used")
        for name, raw in readings.items():
            yield Reading(
                name=name,
                title=(raw["title_zh"], raw["title"]),
                authority=(raw["authority_zh"], raw["authority"]),
                value=parse_value(raw["value"] if name != body["named"] else body["value"]),
            )


def _only(raw: Mapping[str, Any], known: set[str]) -> None:
    if unknown := set(raw) - known:
        raise Faulty(f"unknown fields {sorted(unknown)}")
