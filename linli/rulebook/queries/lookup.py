"""Values of the law for other apps: look up, freeze with a decision, explain later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from django.utils.timezone import localdate, make_aware

from linli.kernel.clock import add_months
from linli.rulebook import rules
from linli.rulebook.errors import NotInForce, UnknownParameter
from linli.rulebook.law import explain as explaining
from linli.rulebook.law.load import law
from linli.rulebook.law.model import Parameter
from linli.rulebook.queries.cache import held
from linli.rulebook.types import Certainty, Counted, Explanation, Footing, Snapshot, Value, Words

MOST_ANSWERS = 5000


def get_parameter(key: str) -> Parameter:
    """Return one parameter of the law. Refuses with UnknownParameter."""
    found = law().parameters.get(key)
    if found is None:
        raise UnknownParameter(key=key)
    return found


def lookup(
    key: str, place: str, on: date, *, body_id: int | None = None, reading: str = ""
) -> Value:
    """Return the value that holds at a place on a day, with its provenance.

    `place` is a path; "" asks for the rule's own jurisdiction. Refuses with UnknownParameter,
    NotInForce, UnknownReading.
    """
    parameter, known = get_parameter(key), held()
    asked = (key, place, on, body_id, reading)
    answered = known.answers.get(asked)
    # a page asks the same of a hundred cases; the law itself changes with a new start only
    if answered is not None and answered[0] is parameter:
        return answered[1]
    local = known.local.get(key, {})
    value = rules.resolve(parameter, local, place, on, body_id=body_id, reading=reading)
    if len(known.answers) >= MOST_ANSWERS:
        known.answers.clear()
    known.answers[asked] = (parameter, value)
    return value


def footing(key: str, on: date) -> Footing:
    """Say what the value of the files stands on that holds on a day, whatever a place promises.

    What the files do not know, or not for that day, is unread.
    """
    try:
        value, known = lookup(key, "", on), law()
    except (UnknownParameter, NotInForce):
        return Footing.UNREAD
    for entry in get_parameter(key).entries:
        if (entry.start, entry.jurisdiction) == (value.valid_from, value.jurisdiction):
            source = known.sources.get(entry.source_key)
            if source is not None and source.is_practice:
                return Footing.PRACTICE
    return Footing.LAW if value.certainty is Certainty.SURE else Footing.UNREAD


def value_above(
    parameter: Parameter, jurisdiction: str, place: str, body_id: int | None, on: date
) -> Value | None:
    """Return what holds above a jurisdiction, which its own value may only tighten."""
    local = held().local.get(parameter.key, {})
    path = rules.chain(place, body_id)
    return rules.resolve_above(parameter, local, jurisdiction, path, on)


def freeze(*values: Value, counted: Mapping[str, Counted] | None = None) -> Snapshot:
    """Return what a decision used, as plain JSON for the decision to keep."""
    parameters = law().parameters
    titles = {value.key: parameters[value.key].title for value in values}
    return explaining.freeze(values, counted or {}, titles)


def frozen_number(snapshot: Snapshot, key: str) -> int:
    """Return the number that a decision used for a parameter. Raises LookupError if it used none."""
    for value in snapshot["values"]:
        if value["key"] == key:
            return int(value["value"])
    raise LookupError(key)


def is_provisional(snapshot: Snapshot) -> bool:
    """Say whether a decision used a value that had lapsed or was not settled yet."""
    return any(value["provisional"] for value in snapshot["values"])


def explain(snapshot: Snapshot) -> list[Explanation]:
    """Explain a frozen decision: article, value, inputs, both sides, and the other readings."""
    return explaining.explain(snapshot, law().glossary)


def words(value: Value) -> Words:
    """Return a value in words, Chinese and English."""
    return law().glossary.words(value.value, value.unit)


def code_words(code: str) -> Words:
    """Return one code of a list of the law in words, Chinese and English."""
    return law().glossary.name("codes", code)


def term_before(key: str) -> Callable[[datetime], datetime]:
    """Return what tells the moment before which things have outlived a term of years or months."""

    def before(now: datetime) -> datetime:
        parameter, on = get_parameter(key), localdate(now)
        # a clock that stands before the law is wrong, and must not stop the nightly job
        value = lookup(key, "", max(on, parameter.first_day))
        months = value.number * (12 if parameter.unit == "years" else 1)
        return make_aware(datetime.combine(add_months(on, -months), time.min))

    return before
