"""What speaks against publishing an item, and what its author should look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from linli.offerings.rules.item_codes import code_fault, is_of_level
from linli.offerings.types.items import (
    Bringer,
    ItemFacts,
    ItemFault,
    ItemKind,
    Limit,
    Sureness,
    When,
)

MOST_QUESTIONS = 5
NEEDS_BASIS = frozenset({ItemKind.ADMINISTRATIVE.value, ItemKind.CERTIFICATE.value})
# CE-01 to CE-20 are the national list, CE-24 what a province or city adds
REFUSED_RULES = frozenset(f"CE-{number:02d}" for number in (*range(1, 21), 24))


def lint_item(
    facts: ItemFacts, known_events: Iterable[str] = (), held: Mapping[str, str] | None = None
) -> list[ItemFault]:
    """Return every fault of an item that can be read; those that are no warnings keep it unpublished.

    `held` are words for papers that registers make needless, each with its register.
    """
    refused = facts.kind == ItemKind.REFUSED
    found = [*_law(facts), *_guide(facts), *_care(facts, frozenset(known_events))]
    found += _held(facts, held or {})
    return [*found, *(_refused(facts) if refused else _offered(facts))]


def hindering(faults: Iterable[ItemFault]) -> list[ItemFault]:
    """Return the faults that keep an item from being published."""
    return [fault for fault in faults if not fault.is_warning]


def promise_fault(promised: Limit | None, statutory: Limit | None) -> str:
    """Return what is wrong with a promise beside the limit of the law, or nothing.

    Days of two kinds do not compare: five working days over the Spring Festival are longer than ten
    calendar days. A promise is counted as the law counts, so that its clock can run by it.
    """
    if promised is None or statutory is None:
        return ""
    if promised.unit != statutory.unit:
        return "promised_unit"
    return "promised_longer" if promised.days > statutory.days else ""


def _law(facts: ItemFacts) -> Iterator[ItemFault]:
    """PS-05 to PS-07, CE-21: code, basis, limits."""
    if reason := code_fault(facts.code):
        yield ItemFault("code", f"code_{reason}", facts.code)
    elif facts.code and not is_of_level(facts.code, facts.level):
        yield ItemFault("code", "code_other_level", facts.code)
    if facts.kind in NEEDS_BASIS and not facts.basis:
        proof = facts.kind == ItemKind.CERTIFICATE
        yield ItemFault("basis", "proof_no_basis" if proof else "no_basis")
    if facts.statutory is not None and not facts.statutory.source:
        yield ItemFault("statutory", "limit_no_source")
    if fault := promise_fault(facts.promised, facts.statutory):
        yield ItemFault("promised", fault, str(facts.promised.days if facts.promised else ""))
    if facts.fee.fen and not facts.fee.basis:
        yield ItemFault("fee", "fee_no_basis")


def _guide(facts: ItemFacts) -> Iterator[ItemFault]:
    """PS-02, and that questions and what hangs on them fit together."""
    options = {one.key: {option.key for option in one.options} for one in facts.questions}
    yield from _twice("questions", [one.key for one in facts.questions])
    yield from _twice("materials", [one.key for one in facts.materials])
    for at, question in enumerate(facts.questions, 1):
        yield from _twice(f"questions.{at}", [one.key for one in question.options])
        if len(question.options) < 2:
            yield ItemFault(f"questions.{at}", "no_choice", question.ask.zh)
    for number, condition in enumerate(facts.conditions, 1):
        yield from _when(f"conditions.{number}", condition.when, options)
    for number, one in enumerate(facts.materials, 1):
        where = f"materials.{number}"
        yield from _when(where, one.when, options)
        if one.by == Bringer.APPLICANT and one.source:
            yield ItemFault(where, "material_shared", one.words.zh)
        if one.by == Bringer.SHARING and not one.source:
            yield ItemFault(where, "sharing_no_source", one.words.zh)


def register_of(paper: str, held: Mapping[str, str]) -> str:
    """Return the register that makes a paper needless by how it is called, or nothing."""
    return next((register for word, register in held.items() if word in paper), "")


def _held(facts: ItemFacts, held: Mapping[str, str]) -> Iterator[ItemFault]:
    """PS-02: what a register usually has is looked up, or it is said why it must be brought."""
    for number, one in enumerate(facts.materials, 1):
        register = register_of(one.words.zh, held) if one.by == Bringer.APPLICANT else ""
        if register and not one.source and not one.why.zh:
            yield ItemFault(f"materials.{number}", "material_held", f"{one.words.zh}（{register}）")


def _twice(where: str, keys: list[str]) -> Iterator[ItemFault]:
    yield from (ItemFault(where, "twice", key) for key, times in Counter(keys).items() if times > 1)


def _when(where: str, when: When, options: dict[str, set[str]]) -> Iterator[ItemFault]:
    for key, answers in when.items():
        if key not in options:
            yield ItemFault(where, "when_question", key)
        yield from (
            ItemFault(where, "when_answer", answer)
            for answer in answers
            if answer not in options.get(key, {answer})
        )


def _refused(facts: ItemFacts) -> Iterator[ItemFault]:
    """A proof that may not be issued says where to go, and asks for nothing."""
    if not facts.instead.zh:
        yield ItemFault("refused", "refused_nowhere")
    if facts.refused_rule not in REFUSED_RULES:
        yield ItemFault("refused", "refused_no_rule", facts.refused_rule)
    if facts.materials or facts.conditions or facts.promised:
        yield ItemFault("materials", "refused_asks")


def _offered(facts: ItemFacts) -> Iterator[ItemFault]:
    if facts.refused_rule or facts.instead.zh:
        yield ItemFault("refused", "not_refused", facts.refused_rule)
    if not facts.office.zh:
        yield ItemFault("office", "missing")
    if not facts.result.zh:
        yield ItemFault("result", "missing")
    if facts.promised is None:
        yield ItemFault("promised", "no_promise", is_warning=True)


def _care(facts: ItemFacts, known_events: frozenset[str]) -> Iterator[ItemFault]:
    """What a reader would stumble over; nothing of it is forbidden."""
    used = {key for when in facts.whens for key in when}
    for one in facts.questions:
        if one.key not in used:
            yield ItemFault("questions", "asked_for_nothing", one.ask.zh, is_warning=True)
    if len(facts.questions) > MOST_QUESTIONS:
        yield ItemFault("questions", "many_questions", is_warning=True)
    if len(facts.questions) > 1 and "hukou" in facts.questions[0].key:
        yield ItemFault("questions", "hukou_first", is_warning=True)
    if not facts.name.en or not facts.says.en:
        yield ItemFault("name", "no_english", is_warning=True)
    if known_events:
        for event in sorted(set(facts.events) - known_events):
            yield ItemFault("events", "unknown", event)
    if any(one.certainty == Sureness.CHECK for one in facts.basis):
        yield ItemFault("basis", "basis_check", is_warning=True)
