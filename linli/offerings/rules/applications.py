"""What holds of applications: the list for one's case, asking once, the limit, fees, and turns.

Basis: domain PS-01, PS-02, 10.2; Administrative Licensing Law, art. 32.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from linli.offerings.types.applications import ItemAsked, Material, Paper, Term
from linli.offerings.types.helping import OTHER, WHOSE

UNITS = {
    "working": "working_days",
    "working_days": "working_days",
    "day": "days",
    "days": "days",
    "calendar": "days",
    "month": "months",
    "months": "months",
}
# a proof that may not be issued is refused by its guide, which says where to go
NOT_ISSUED = "refused"


def holds(when: Mapping[str, Sequence[str]] | None, answers: Mapping[str, str]) -> bool:
    """Say whether something is needed: every question that it names has one of the values."""
    return all(answers.get(key) in values for key, values in (when or {}).items())


def materials_of(item: ItemAsked, answers: Mapping[str, str]) -> list[Material]:
    """Return the list for one's case. What comes by sharing is shown and not asked for (PS-02)."""
    return [
        Material(
            key=str(one["key"]),
            words={"zh": str(one["zh"]), "en": str(one.get("en") or one["zh"])},
            form=str(one.get("form", "original")),
            is_hers=one.get("by", "applicant") == "applicant",
            note=one.get("note") or {},
        )
        for one in item.content.get("materials") or ()
        if holds(one.get("when"), answers)
    ]


def unanswered(item: ItemAsked, answers: Mapping[str, str]) -> list[str]:
    """Return the keys of questions without one of their answers."""
    return [
        str(one["key"])
        for one in item.questions
        if answers.get(one["key"]) not in {str(option["key"]) for option in one["options"]}
    ]


def known_answers(item: ItemAsked, given: Mapping[str, str]) -> dict[str, str]:
    """Return what was answered to questions that the item asks; nothing else is kept."""
    return {
        str(one["key"]): given[one["key"]]
        for one in item.questions
        if given.get(one["key"]) in {str(option["key"]) for option in one["options"]}
    }


def asks_whose(item: ItemAsked) -> bool:
    """Say whether an item itself asks if it is for somebody else: then the list hangs on the answer."""
    return any(
        one["key"] == WHOSE and any(option["key"] == OTHER for option in one["options"])
        for one in item.questions
    )


def is_for_other(item: ItemAsked, answers: Mapping[str, str], whose: str = "") -> bool:
    """Say whether somebody helps another: by the item's own question, else by what she chose herself."""
    return (answers.get(WHOSE, "") if asks_whose(item) else whose) == OTHER


def with_whose(item: ItemAsked, answers: Mapping[str, str], *, is_by_agent: bool) -> dict[str, str]:
    """Return the answers with what is known: whoever comes by a mandate comes for somebody else."""
    if is_by_agent and asks_whose(item):
        return {**answers, WHOSE: OTHER}
    return dict(answers)


def turned(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers without the one for whom it is, or with the other one: then its papers are listed."""
    rest = {key: said for key, said in answers.items() if key != WHOSE}
    return rest if answers.get(WHOSE) == OTHER else {**rest, WHOSE: OTHER}


def may_still_ask(lacking: Iterable[str], told: Iterable[str] | None) -> bool:
    """Say whether these may be asked for: once and complete, so later only what was told before.

    `told` is None while nothing was told yet.
    """
    return told is None or set(lacking) <= set(told)


def term_of(raw: Mapping[str, Any] | None) -> Term | None:
    """Return a limit of an item, or None where it names none."""
    if not raw or not raw.get("days"):
        return None
    unit = UNITS[str(raw.get("unit", "working"))]
    return Term(int(raw["days"]), unit, raw.get("certainty", "sure") == "sure")


def limit_of(item: ItemAsked) -> tuple[Term, Term] | None:
    """Return the promised and the statutory limit of an item; None where it names neither.

    One that it does not name is as long as the other. Two units do not compare: the statutory one
    holds then.
    """
    promised, legal = term_of(item.content.get("promised")), term_of(item.content.get("statutory"))
    if promised is None and legal is None:
        return None
    promised, legal = promised or legal, legal or promised
    assert promised is not None and legal is not None
    if promised.unit != legal.unit or promised.days > legal.days:
        return legal, legal
    return promised, legal


def is_online(item: ItemAsked) -> bool:
    """Say whether an item may be applied for by page."""
    return is_at_window(item) and "online" in (item.content.get("channels") or ())


def is_at_home(item: ItemAsked) -> bool:
    """Say whether the office comes to somebody's home for an item."""
    return is_at_window(item) and "home" in (item.content.get("channels") or ())


def is_at_window(item: ItemAsked) -> bool:
    """Say whether an item may be applied for at the window."""
    return str(item.content.get("kind", "")) != NOT_ISSUED


def next_turn(parts: Iterable[tuple[int, bool, bool]]) -> int | None:
    """Return the turn that begins now, or None: (turn, is given, is done) of each part.

    A turn begins when all parts of the turns before are done and none of its own was given.
    """
    found = sorted(parts)
    for turn in sorted({turn for turn, _given, _done in found}):
        own = [(given, done) for at, given, done in found if at == turn]
        if not all(done for _given, done in own):
            return None if any(given for given, _done in own) else turn
    return None


def after_check(keys: Iterable[str], lacking: Mapping[str, str]) -> dict[str, str]:
    """Return the state of each material after the window looked at all of them."""
    return {key: Paper.LACKING if key in lacking else Paper.CHECKED for key in keys}


def open_questions(item: ItemAsked, answers: Mapping[str, str]) -> list[str]:
    """Return the questions that still change the list for this case; hukou only once it matters."""
    left = set(unanswered(item, answers))
    matter = {
        key
        for one in item.content.get("materials") or ()
        for key in one.get("when") or {}
        if key in left and _may_hold(one["when"], answers)
    }
    return [str(one["key"]) for one in item.questions if one["key"] in matter]


def _may_hold(when: Mapping[str, Sequence[str]], answers: Mapping[str, str]) -> bool:
    return all(key not in answers or answers[key] in values for key, values in when.items())
