"""What the addresses of this API share: words in both languages, values, places by code."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Schema

from linli.rulebook import queries
from linli.rulebook.law.values import raw_value
from linli.rulebook.types import Paper, Value, Words


class WordsOut(Schema):
    zh: str
    en: str


class ReadingOut(Schema):
    name: str
    title: WordsOut
    authority: WordsOut
    value: Any


class PaperOut(Schema):
    number: str
    dated: date
    issuer: str


class ValueOut(Schema):
    key: str
    value: Any
    unit: str
    source: str
    certainty: str
    valid_from: date
    valid_to: date | None
    title: WordsOut
    words: WordsOut
    source_en: str
    jurisdiction: str
    level: str
    force: str
    checked_on: date
    precision: str
    reading: str
    readings: list[ReadingOut]
    provisional: bool
    banner: WordsOut | None
    document: PaperOut | None


def words_out(words: Words) -> dict[str, str]:
    return {"zh": words[0], "en": words[1]}


def paper_out(paper: Paper | None) -> dict[str, Any] | None:
    if paper is None:
        return None
    return {"number": paper.number, "dated": paper.dated, "issuer": paper.issuer}


def value_out(value: Value) -> dict[str, Any]:
    """Return a value with everything that it rests on."""
    parameter = queries.get_parameter(value.key)
    return {
        "key": value.key,
        "value": raw_value(value.value),
        "unit": value.unit,
        "source": value.source[0],
        "source_en": value.source[1],
        "certainty": value.certainty.value,
        "valid_from": value.valid_from,
        "valid_to": value.valid_to,
        "title": words_out(parameter.title),
        "words": words_out(queries.words(value)),
        "jurisdiction": value.jurisdiction,
        "level": value.level.value,
        "force": value.force.value,
        "checked_on": value.checked_on,
        "precision": value.precision,
        "reading": value.reading,
        "readings": [
            {
                "name": one.name, "title": words_out(one.title),
                "authority": words_out(one.authority), "value": raw_value(one.value),
            }
            for one in value.alternatives
        ],
        "provisional": value.provisional,
        "banner": words_out(value.banner) if value.provisional else None,
        "document": paper_out(value.paper),
    }  # fmt: skip
