"""An item read from its file and written back: plain data to facts, with every fault of its shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from linli.kernel.identity import NotAPhone, read_phone
from linli.offerings.rules.item_codes import tidy_code
from linli.offerings.rules.item_reader import Reader
from linli.offerings.types.items import (
    Basis,
    Bringer,
    Channel,
    Condition,
    Decider,
    Fee,
    ItemFacts,
    ItemFault,
    ItemKind,
    Limit,
    Material,
    Option,
    PaperForm,
    Question,
    Subject,
    Sureness,
    Unit,
    When,
)

# new is the address of the page that makes one
KEY = re.compile(r"(?!new$)[a-z0-9]+(-[a-z0-9]+)*")
NAME, SENTENCE, TEXT, WORD, MOST_PHONE = 80, 400, 600, 24, 30
MOST_DAYS, MOST_FEN, MOST_VISITS = 3650, 100_000_000, 9
KNOWN = frozenset(
    [
        "key",
        "kind",
        "name",
        "says",
        "events",
        "subject",
        "level",
        "office",
        "code",
        "basis",
        "statutory",
        "promised",
        "fee",
        "visits",
        "channels",
        "questions",
        "conditions",
        "materials",
        "result",
        "synonyms",
        "refused",
        "certainty",
        "form",
        "phone",
    ]
)


def read_item(data: Mapping[str, Any]) -> tuple[ItemFacts, list[ItemFault]]:
    """Return what an item says, and every fault of its shape; what cannot be read is left out."""
    read = Reader()
    for name in sorted(set(map(str, data)) - KNOWN):
        read.wrong(name, "unknown_field", name)
    refused = data.get("refused")
    refused = refused if isinstance(refused, Mapping) else {}
    facts = ItemFacts(
        key=read.key(data.get("key"), "key", KEY),
        kind=read.choice(data.get("kind"), "kind", ItemKind),
        name=read.words(data.get("name"), "name", NAME, needed=True),
        says=read.words(data.get("says"), "says", SENTENCE, needed=True),
        office=read.words(data.get("office"), "office", NAME),
        code=tidy_code(read.text(data.get("code"), "code", 40)),
        events=tuple(read.key(one, "events") for one in read.rows(data.get("events"), "events")),
        subject=read.choice(data.get("subject"), "subject", Subject, Subject.PERSON),
        level=read.choice(data.get("level"), "level", Decider, Decider.TOWN),
        basis=tuple(_basis(read, one, at) for at, one in read.parts(data.get("basis"), "basis")),
        statutory=_limit(read, data.get("statutory"), "statutory"),
        promised=_limit(read, data.get("promised"), "promised"),
        fee=_fee(read, data.get("fee")),
        visits=read.whole(data.get("visits", 1), "visits", MOST_VISITS),
        channels=_channels(read, data.get("channels")),
        questions=tuple(_question(read, q, at) for at, q in read.parts(data.get("questions"), "questions")),
        conditions=tuple(
            Condition(read.words(one, at, TEXT, needed=True), _when(read, one.get("when"), at))
            for at, one in read.parts(data.get("conditions"), "conditions")
        ),
        materials=tuple(_material(read, m, at) for at, m in read.parts(data.get("materials"), "materials")),
        result=read.words(data.get("result"), "result", SENTENCE),
        synonyms=tuple(
            dict.fromkeys(read.text(one, "synonyms", WORD) for one in read.rows(data.get("synonyms"), "synonyms"))
        ),
        refused_rule=read.text(refused.get("rule"), "refused", 12),
        instead=read.words(refused.get("instead"), "refused", TEXT),
        certainty=read.choice(data.get("certainty"), "certainty", Sureness, Sureness.CHECK),
        form=read.key(data["form"], "form") if data.get("form") else "",
        phone=_phone(read, data.get("phone")),
    )  # fmt: skip
    return facts, read.faults


def _phone(read: Reader, value: Any) -> str:
    """The number as it was written; it can be dialled."""
    said = read.text(value, "phone", MOST_PHONE)
    try:
        read_phone(said, may_be_short=True)
    except NotAPhone:
        read.wrong("phone", "no_phone", said)
    return said


def _basis(read: Reader, one: Mapping[str, Any], at: str) -> Basis:
    return Basis(
        read.text(one.get("title"), at, NAME, needed=True),
        read.text(one.get("number"), at, NAME),
        read.text(one.get("article"), at, NAME),
        read.choice(one.get("certainty"), at, Sureness, Sureness.CHECK),
    )


def _limit(read: Reader, value: Any, where: str) -> Limit | None:
    if not isinstance(value, Mapping):
        if value is not None:
            read.wrong(where, "no_number", value)
        return None
    return Limit(
        read.whole(value.get("days"), where, MOST_DAYS),
        read.choice(value.get("unit"), where, Unit, Unit.WORKING),
        read.text(value.get("source"), where, SENTENCE),
        read.choice(value.get("certainty"), where, Sureness, Sureness.CHECK),
    )


def _fee(read: Reader, value: Any) -> Fee:
    if not isinstance(value, Mapping):
        if value is not None:
            read.wrong("fee", "no_number", value)
        return Fee()
    fen = read.whole(value.get("fen", 0), "fee", MOST_FEN)
    return Fee(fen, read.text(value.get("basis"), "fee", SENTENCE))


def _channels(read: Reader, value: Any) -> tuple[str, ...]:
    given = read.rows(value, "channels") or [Channel.COUNTER]
    return tuple(dict.fromkeys(read.choice(one, "channels", Channel) for one in given))


def _question(read: Reader, one: Mapping[str, Any], at: str) -> Question:
    options = tuple(
        Option(read.key(o.get("key"), there), read.words(o, there, NAME, needed=True))
        for there, o in read.parts(one.get("options"), f"{at}.options")
    )
    return Question(
        read.key(one.get("key"), at), read.words(one.get("ask"), at, SENTENCE, needed=True), options
    )


def _material(read: Reader, one: Mapping[str, Any], at: str) -> Material:
    return Material(
        key=read.key(one.get("key"), at),
        words=read.words(one, at, SENTENCE, needed=True),
        form=read.choice(one.get("form"), at, PaperForm, PaperForm.ORIGINAL),
        by=read.choice(one.get("by"), at, Bringer, Bringer.APPLICANT),
        source=read.text(one.get("source"), at, NAME),
        when=_when(read, one.get("when"), at),
        note=read.words(one.get("note"), at, SENTENCE),
        why=read.words(one.get("why"), at, SENTENCE),
    )


def _when(read: Reader, value: Any, at: str) -> When:
    if not isinstance(value, Mapping):
        if value is not None:
            read.wrong(at, "no_when")
        return {}
    return {
        str(key): tuple(map(str, [options] if isinstance(options, (str, bool)) else options or ()))
        for key, options in value.items()
    }


def write_item(facts: ItemFacts) -> dict[str, Any]:
    """Return the facts of an item as plain data, such as `read_item` takes and a file has."""
    data = asdict(facts)
    rule, instead = data.pop("refused_rule"), data.pop("instead")
    if rule or instead["zh"]:
        data["refused"] = {"rule": rule, "instead": instead}
    for question in data["questions"]:
        question["options"] = [{"key": o["key"], **o["words"]} for o in question["options"]]
    for one in (*data["conditions"], *data["materials"]):
        one |= one.pop("words")
        one["when"] = {key: list(options) for key, options in one["when"].items()}
    for name in ("events", "basis", "channels", "questions", "conditions", "materials", "synonyms"):
        data[name] = list(data[name])
    return data
