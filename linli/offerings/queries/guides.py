"""A guide as its reader sees it: in her language, shortened to her case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.kernel.money import Money
from linli.offerings.queries.item_files import register_names
from linli.offerings.queries.items import facts_of
from linli.offerings.rules import guides
from linli.offerings.states import ItemState
from linli.offerings.types.items import (
    CHANNEL_TITLES,
    DECIDER_TITLES,
    FORM_TITLES,
    KIND_TITLES,
    SUBJECT_TITLES,
    Answers,
    ItemFacts,
    ItemKind,
    Limit,
    Material,
    Question,
    Sureness,
    Unit,
    When,
    Words,
)
from linli.ui.formats import is_chinese, money

if TYPE_CHECKING:
    from linli.offerings.models import ItemVersion


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answers (key, words) and the one that was chosen."""

    key: str
    ask: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Thing:
    """A material or condition: `only` says for whom it is needed while that is not known."""

    words: str
    form: str = ""
    note: str = ""
    source: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    words: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Guide:
    """All of an item in the words of its reader."""

    key: str
    facts: ItemFacts = field(compare=False)
    name: str
    says: str
    kind: str
    is_refused: bool
    is_suspended: bool
    why: str
    instead: str
    has_english: bool
    office: str
    decided: str
    subject: str
    promised: str
    statutory: str
    law_source: str
    law_is_sure: bool
    fee: str
    visits: str
    channels: tuple[str, ...]
    questions: tuple[Asked, ...]
    is_answered: bool
    conditions: tuple[Thing, ...]
    bring: tuple[Thing, ...]
    looked_up: tuple[Thing, ...]
    result: str
    basis: tuple[Ground, ...]
    is_sure: bool
    since: date | None
    number: int
    code: str
    phone: str

    @property
    def all_materials(self) -> tuple[Thing, ...]:
        """Every material in the order in which it was written, whoever brings it."""
        return tuple(_thing(self.facts, one, not one.when, {}) for one in self.facts.materials)

    @property
    def all_questions(self) -> tuple[Asked, ...]:
        """Every question in the order in which it was written."""
        return tuple(_question(one, {}) for one in self.facts.questions)


def said(words: Words) -> str:
    """Return words in the reader's language; in Chinese where no English was written."""
    return words.zh if is_chinese() or not words.en else words.en


def guide_of(version: ItemVersion, given: Mapping[str, str]) -> Guide:
    """Return the guide of a version, shortened by those of the given answers that it knows."""
    facts, item = facts_of(version), version.item
    answers = guides.answers_of(facts, given)
    law = facts.statutory
    return Guide(
        key=item.key, facts=facts, name=said(facts.name), says=said(facts.says),
        kind=str(KIND_TITLES[facts.kind]), is_refused=facts.kind == ItemKind.REFUSED,
        is_suspended=item.state == ItemState.SUSPENDED, why=item.why, instead=said(facts.instead),
        has_english=bool(facts.name.en), office=said(facts.office),
        decided=str(DECIDER_TITLES[facts.level]), subject=str(SUBJECT_TITLES[facts.subject]),
        promised=limit_words(facts.promised), statutory=limit_words(law),
        law_source=law.source if law else "", law_is_sure=bool(law and law.certainty == Sureness.SURE),
        fee=fee_words(facts), visits=visits_words(facts.visits),
        channels=tuple(str(CHANNEL_TITLES[one]) for one in facts.channels),
        questions=_asked(facts, answers),
        is_answered=bool(facts.questions) and guides.question_missing(facts, answers) is None,
        conditions=tuple(
            Thing(said(one.words), only="" if sure else only_words(facts, one.when, answers))
            for one, sure in guides.conditions_for(facts, answers)
        ),
        bring=tuple(_thing(facts, one, sure, answers) for one, sure in guides.to_bring(facts, answers)),
        looked_up=tuple(_thing(facts, one, sure, answers) for one, sure in guides.looked_up(facts, answers)),
        result=said(facts.result),
        basis=tuple(Ground(_ground(one), one.certainty == Sureness.SURE) for one in facts.basis),
        is_sure=facts.certainty == Sureness.SURE, since=version.since, number=version.number,
        code=facts.code, phone=facts.phone,
    )  # fmt: skip


def _asked(facts: ItemFacts, answers: Answers) -> tuple[Asked, ...]:
    return tuple(_question(one, answers) for one in guides.questions_that_matter(facts, answers))


def _question(one: Question, answers: Answers) -> Asked:
    options = tuple((option.key, said(option.words)) for option in one.options)
    return Asked(one.key, said(one.ask), options, answers.get(one.key, ""))


def _thing(facts: ItemFacts, one: Material, is_sure: bool, answers: Answers) -> Thing:
    return Thing(
        said(one.words), str(FORM_TITLES[one.form]), _beside(one), register_words(one.source),
        "" if is_sure else only_words(facts, one.when, answers),
    )  # fmt: skip


def _beside(one: Material) -> str:
    """What stands beside a material: a word, and why it is brought though a register has it."""
    why = said(one.why)
    reason = _("Why you bring it: %(why)s") % {"why": why} if why else ""
    return " · ".join(part for part in (said(one.note), reason) if part)


def register_words(source: str) -> str:
    """Return the name of a register in the reader's language."""
    return source if is_chinese() else register_names().get(source, source)


def only_words(facts: ItemFacts, when: When, answers: Answers) -> str:
    """Return for whom something is needed, by the answers that are still open: 租的、没有备案."""
    words = {q.key: {o.key: said(o.words) for o in q.options} for q in facts.questions}
    open_parts = [
        _(" or ").join(words.get(key, {}).get(option, option) for option in options)
        for key, options in when.items()
        if key not in answers
    ]
    return _("; ").join(open_parts)


def _ground(one: Any) -> str:
    title = f"《{one.title}》" if is_chinese() and not one.title.startswith("《") else one.title
    number = (
        f"（{one.number}）"
        if one.number and is_chinese()
        else f" ({one.number})"
        if one.number
        else ""
    )
    return f"{title}{number}{one.article if is_chinese() else f' {one.article}'.rstrip()}"  # fmt: skip


def limit_words(limit: Limit | None) -> str:
    """Return a limit in words: 10 个工作日, or done at once; nothing for none."""
    if limit is None:
        return ""
    if limit.days == 0:
        return _("at once, while you wait")
    if limit.unit == Unit.WORKING:
        return ngettext("%(num)s working day", "%(num)s working days", limit.days) % {
            "num": limit.days
        }
    return ngettext("%(num)s calendar day", "%(num)s calendar days", limit.days) % {"num": limit.days}  # fmt: skip


def fee_words(facts: ItemFacts) -> str:
    """Return what it costs: free of charge, or the amount."""
    return money(Money(facts.fee.fen)) if facts.fee.fen else _("free of charge")


def visits_words(visits: int) -> str:
    """Return how often one has to come."""
    if not visits:
        return _("no visit needed")
    return ngettext("come %(num)s time", "come %(num)s times", visits) % {"num": visits}
