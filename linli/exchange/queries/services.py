"""The services of the standard: our categories in use, and what each asks."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from linli.cases.queries import categories
from linli.cases.queries.questions import form_of
from linli.exchange.errors import NoService
from linli.exchange.queries import questions
from linli.exchange.types import OTHER, Attribute, Service

# what every service asks
COMMON = ("matter", "where", "numbers_meant", "meant_for_here")
# what may be sent in by another system; accusations of officials go to 12388 and nowhere else
MATTERS = ("inquiry", "help", "complaint", "suggestion", "praise")


def services(on: date) -> list[Service]:
    """Return the types of requests that are taken on a day, in the order of the tree."""
    found: list[Service] = []
    for group in categories.category_tree(on):
        parent = categories.name_of(group.category)
        # a group that is not divided is a service itself
        for one in group.items or [group.category]:
            name = categories.name_of(one)
            keywords = [word.strip() for word in one.words.split("\n") if word.strip()]
            found.append(
                Service(
                    code=one.code, name=name, description=f"{parent}: {name}",
                    keywords=", ".join(keywords), group=parent, category_id=one.pk,
                )
            )  # fmt: skip
    # a city may have a category of that name: it is one service, not two
    return found if any(one.code == OTHER for one in found) else [*found, _other()]


def _other() -> Service:
    name = _("Other matters")
    return Service(OTHER, name, _("What fits none of the others"), "", name, None)


def get_service(code: str, on: date) -> Service:
    """Return a service by its code. Refuses with NoService."""
    found = next((one for one in services(on) if one.code == code), None)
    if found is None:
        raise NoService()
    return found


def attributes(code: str) -> list[Attribute]:
    """Return what a service asks besides text and place: the questions of its form, then ours.

    Of a form's questions some may be needed; what every service asks may be left out.
    """
    form = form_of(code) if code != OTHER else None
    own = questions.attributes_of(form) if form else []
    common = _common()
    taken = {one.code for one in common}
    return [*(one for one in own if one.code not in taken), *common]


def _common() -> list[Attribute]:
    return [
        Attribute(
            "danger",
            _("Is somebody in danger now? Call 110, 119 or 120 first; this is read in office hours."),
            variable=False,
        ),
        Attribute(
            "matter", _("What kind of matter is it?"), "singlevaluelist",
            _("Without it: a request for help"), values=_matters(),
        ),
        Attribute(
            "where", _("Where exactly is it?"), "string",
            _("Number of the lamp post, floor, corner; at most 100 characters"),
        ),
        Attribute(
            "numbers_meant", _("Does the office need the telephone or other numbers in the text?"),
            "singlevaluelist", _("Without it, a text with numbers of people is refused"),
            values=_yes_or_no(),
        ),
        Attribute(
            "meant_for_here", _("12388 takes accusations of officials. Is this one meant for the office here?"),
            "singlevaluelist", _("Without it, what accuses an official is refused"),
            values=_yes_or_no(),
        ),
    ]  # fmt: skip


def _yes_or_no() -> tuple[tuple[str, str], ...]:
    return (("yes", _("Yes")), ("no", _("No")))


def _matters() -> tuple[tuple[str, str], ...]:
    words = (_("Inquiry"), _("Request for help"), _("Complaint"), _("Suggestion"), _("Praise"))
    return tuple(zip(MATTERS, words, strict=True))
