"""Which families an event is for: their age, their number, the consent for a child."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.activities.models import Event
from linli.activities.queries import events as queries
from linli.activities.rules import events as rules
from linli.activities.types.events import MOST_IN_FAMILY, EnrolFacts
from linli.kernel.errors import Invalid
from linli.kernel.texts import clean_text


def refuse_faults(event: Event, facts: EnrolFacts, now: datetime) -> None:
    """Refuse with Invalid a family that cannot take part, or of which something is missing."""
    faults: dict[str, list[str]] = {}
    year, born = localdate(event.first_at).year, [one.born for one in facts.takers]
    ages = [rules.age_fault(one, year, event.least_age, event.most_age) for one in born]
    wrong = set(ages) - {""}
    if fault := _fault_of_age(wrong) or _fault_of_family(event, facts):
        faults["takers"] = [fault]
    faults |= _faults_of_each(facts, ages)
    if not facts.phone:
        faults["phone"] = [_("Leave a number: if something changes, you are told under it.")]
    if "missing" not in wrong:
        faults |= _faults_of_consent(event, facts, born, now)
    if event.for_neighbours and not facts.is_neighbour:
        faults["is_neighbour"] = [_("This event is for those who live or work here.")]
    if faults:
        raise Invalid(faults)


def _faults_of_each(facts: EnrolFacts, ages: list[str]) -> dict[str, list[str]]:
    """Return what is wrong at whom, by the place in the family from 0: `takers.2.born`, `takers.2.name`."""
    told = [(clean_text(one.name), one.born) for one in facts.takers]
    faults = {
        f"takers.{n}.born": [_fault_of_one(name, age)]
        for n, ((name, _born), age) in enumerate(zip(told, ages, strict=True)) if age
    }  # fmt: skip
    again = [n for n in range(1, len(told)) if rules.is_named_twice(told[: n + 1])][:1]
    words = _("The same person stands here twice. Name everybody once.")
    return faults | {f"takers.{n}.name": [words] for n in again}


def _fault_of_one(name: str, age: str) -> str:
    what = _("Give the year of birth.") if age == "missing" else _fault_of_age({age})
    return (
        _("%(name)s: %(what)s") % {"name": name.strip()[:40], "what": what}
        if name.strip()
        else what
    )


def _fault_of_family(event: Event, facts: EnrolFacts) -> str:
    people = len(facts.takers)
    if not 1 <= people <= MOST_IN_FAMILY or not all(one.name.strip() for one in facts.takers):
        return _("Name one to %(most)s people.") % {"most": MOST_IN_FAMILY}
    if people > event.places:
        words = _("This is for %(places)s people in all: so many cannot come together.")
        return words % {"places": event.places}
    if rules.is_named_twice([(clean_text(one.name), one.born) for one in facts.takers]):
        return _("The same person stands here twice. Name everybody once.")
    return ""


def _fault_of_age(wrong: set[str]) -> str:
    if "missing" in wrong:
        return _("Give the year of birth of each person.")
    if "impossible" in wrong:
        return _("A year of birth cannot be right. Write it like 2015.")
    return _("This is for another age. Look at the page of the event.") if wrong else ""


def _faults_of_consent(
    event: Event, facts: EnrolFacts, born: list[int | None], now: datetime
) -> dict[str, list[str]]:
    """Return what is missing of the consent for a child; its age counts on the day on which it is entered."""
    today = localdate(now)
    age = queries.guarded_age(event.path, today)
    is_guarded = rules.needs_guardian(born, facts.has_child, today.year, age)
    if is_guarded is None:
        return {"has_child": [_("Say whether a child under 14 takes part.")]}
    if is_guarded and not facts.guardian.strip():
        return {"guardian": [_("For a child under 14 a parent or guardian must agree.")]}
    return {}
