"""Categories of cases: added, put right, ended. They are one list for the city."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.cases import permits
from linli.cases.models import Category
from linli.cases.types.keeping import CategoryDetails
from linli.kernel.errors import Invalid, NotFound, Stale
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor, require
from linli.trail.services import record

CODE = re.compile(r"[a-z][a-z0-9_]{1,38}")
MOST_WORDS, LONGEST_WORD = 200, 30
COLUMNS = ("title", "title_en", "words", "order", "promise", "promise_en")


@transaction.atomic
def add_category(
    code: str, details: CategoryDetails, *, parent: str = "", actor: Actor, now: datetime
) -> Category:
    """Add a group, or a category of a group. Refuses with NotAllowed, Invalid."""
    require(actor, permits.KEEP_RULES, at=CITY_PATH)
    faults = _faults(details)
    if not CODE.fullmatch(code):
        faults["code"] = [_("Small letters, digits and underlines, beginning with a letter.")]
    elif Category.objects.filter(code=code).exists():
        faults["code"] = [_("There is a category with this short name already.")]
    group = Category.objects.filter(code=parent).first() if parent else None
    if parent and (group is None or group.parent_id is not None or group.until is not None):
        faults["parent"] = [_("Choose a group that is in use.")]
    if faults:
        raise Invalid(faults)
    made = Category.objects.create(code=code, parent=group, **_columns(details), version=2)
    record("cases.category_added", on=made, actor=actor, now=now, place=CITY_PATH, code=code)
    return made


@transaction.atomic
def change_category(
    code: str, details: CategoryDetails, *, edition: int, actor: Actor, now: datetime
) -> Category:
    """Put titles, words and order right; a later release leaves them alone from then on.

    Refuses with NotAllowed, NotFound, Stale, Invalid.
    """
    category = _held(code, edition, actor)
    faults = _faults(details)
    if faults:
        raise Invalid(faults)
    for name, value in _columns(details).items():
        setattr(category, name, value)
    _save(category)
    record("cases.category_changed", on=category, actor=actor, now=now, place=CITY_PATH, code=code)
    return category


@transaction.atomic
def end_category(
    code: str, until: date | None, *, edition: int, actor: Actor, now: datetime
) -> Category:
    """Let nobody choose a category from a day on, or (None) take it into use again.

    Its cases keep it. Refuses with NotAllowed, NotFound, Stale, Invalid.
    """
    category = _held(code, edition, actor)
    if until and Category.objects.filter(parent=category, until__isnull=True).exists():
        raise Invalid({"until": [_("End the categories of this group first.")]})
    if not until and category.parent is not None and category.parent.until is not None:
        raise Invalid({"until": [_("Choose a group that is in use.")]})
    category.until = until
    _save(category)
    verb = "cases.category_ended" if until else "cases.category_taken_up"
    record(verb, on=category, actor=actor, now=now, place=CITY_PATH, code=code)
    return category


def _held(code: str, edition: int, actor: Actor) -> Category:
    category = Category.objects.select_for_update().filter(code=code).first()
    if category is None:
        raise NotFound()
    require(actor, permits.KEEP_RULES, at=CITY_PATH)
    if category.version != edition:
        raise Stale()
    return category


def _save(category: Category) -> None:
    category.version += 1
    category.save(update_fields=[*COLUMNS, "until", "version"])


def _columns(details: CategoryDetails) -> dict[str, str | int]:
    words = list(dict.fromkeys(word.strip() for word in details.words if word.strip()))
    return {
        "title": details.title.strip(),
        "title_en": details.title_en.strip(),
        "words": "\n".join(words),
        "order": details.order,
        "promise": details.promise.strip(),
        "promise_en": details.promise_en.strip(),
    }


def _faults(details: CategoryDetails) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    for name, most in (("title", 80), ("title_en", 120)):
        text = getattr(details, name).strip()
        if not text:
            faults[name] = [_("This is needed here.")]
        elif len(text) > most:
            faults[name] = [_("At most %(most)s characters.") % {"most": most}]
    faults |= _promise_faults(details)
    words = [word.strip() for word in details.words]
    if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
        faults["words"] = [
            _("At most %(most)s words of %(signs)s characters each.")
            % {"most": MOST_WORDS, "signs": LONGEST_WORD}
        ]
    return faults


def _promise_faults(details: CategoryDetails) -> dict[str, list[str]]:
    """A promise is told to everybody in her language: in both, or in none."""
    texts = {"promise": details.promise.strip(), "promise_en": details.promise_en.strip()}
    faults: dict[str, list[str]] = {}
    for name, most in (("promise", 200), ("promise_en", 300)):
        if not texts[name] and any(texts.values()):
            faults[name] = [_("Say it in both languages, or leave both empty.")]
        elif len(texts[name]) > most:
            faults[name] = [_("At most %(most)s characters.") % {"most": most}]
    return faults
