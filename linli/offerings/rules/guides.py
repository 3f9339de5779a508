"""A guide shortened to somebody's own case by the answers that she gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linli.offerings.types.items import (
    Answers,
    Bringer,
    Condition,
    ItemFacts,
    Material,
    Question,
    When,
)


def answers_of(facts: ItemFacts, given: Mapping[str, str]) -> dict[str, str]:
    """Return those answers that the item knows; anything else in an address is left out."""
    known = {one.key: {option.key for option in one.options} for one in facts.questions}
    return {key: given[key] for key in known if given.get(key) in known[key]}


def may_hold(when: When, answers: Answers) -> bool:
    """Say whether something holds, or may still hold while its question is not answered."""
    return all(answers.get(key, options and options[0]) in options for key, options in when.items())


def holds(when: When, answers: Answers) -> bool:
    """Say whether something holds for sure."""
    return all(answers.get(key) in options for key, options in when.items())


def materials_for(facts: ItemFacts, answers: Answers) -> list[tuple[Material, bool]]:
    """Return what is needed, each with whether that is sure; an open question leaves it open."""
    return [
        (one, holds(one.when, answers)) for one in facts.materials if may_hold(one.when, answers)
    ]


def conditions_for(facts: ItemFacts, answers: Answers) -> list[tuple[Condition, bool]]:
    """Return the conditions that apply, each with whether that is sure."""
    return [
        (one, holds(one.when, answers)) for one in facts.conditions if may_hold(one.when, answers)
    ]


def to_bring(facts: ItemFacts, answers: Answers) -> list[tuple[Material, bool]]:
    """Return what the applicant brings herself."""
    return [pair for pair in materials_for(facts, answers) if pair[0].by == Bringer.APPLICANT]


def looked_up(facts: ItemFacts, answers: Answers) -> list[tuple[Material, bool]]:
    """Return what the office looks up itself and nobody is asked for (PS-02)."""
    return [pair for pair in materials_for(facts, answers) if pair[0].by == Bringer.SHARING]


def questions_that_matter(facts: ItemFacts, answers: Answers) -> list[Question]:
    """Return the answered questions, and those whose answer still changes what is needed.

    A question about hukou shows only once its answer matters.
    """
    open_keys = set(_open(facts, answers))
    return [one for one in facts.questions if one.key in answers or one.key in open_keys]


def _open(facts: ItemFacts, answers: Answers) -> Iterator[str]:
    for when in facts.whens:
        if may_hold(when, answers):
            yield from (key for key in when if key not in answers)


def question_missing(facts: ItemFacts, answers: Answers) -> Question | None:
    """Return the first question that still has to be answered, or None."""
    return next(
        (one for one in questions_that_matter(facts, answers) if one.key not in answers), None
    )
