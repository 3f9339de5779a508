"""Warnings of weather: which signals there are, which hold at a place, and their words. All of it is public."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.grid.models import WeatherWarning
from linli.grid.rules.warnings import ended, said_twice, sentences
from linli.grid.types.warnings import WARNING_TITLES, WarningKind, WarningTexts, WarningWords
from linli.kernel.errors import NotFound
from linli.kernel.paths import chain_of_path
from linli.places.queries.tree import names_of_paths
from linli.rulebook import queries as rulebook
from linli.ui.formats import is_chinese, moment_short

if TYPE_CHECKING:
    from linli.notices.models import Posting
    from linli.rulebook.types import Value

# a warning that is passed on may stand on the homes of places so much later
FRESH_SECONDS = 5.0


def levels_at(kind: str, path: str, on: date) -> Value | None:
    """Return the levels of a kind of warning at a place with their source; None where there are none."""
    try:
        return rulebook.lookup(f"grid.warning.{kind}", path, on)
    except rulebook.NotInForce:
        return None


def signals_at(path: str, on: date) -> list[tuple[str, str, Value]]:
    """Return every signal of a place as kind, level and where it stands, the mildest of a kind first."""
    known = [(str(kind), levels_at(kind, path, on)) for kind in WarningKind]
    return [
        (kind, level, value)
        for kind, value in known
        if value is not None and value.value is not None
        for level in value.codes
    ]


def signal_choices(path: str) -> list[tuple[str, str]]:
    """Return every signal of a place today as `kind:level` with its words."""
    return [
        (f"{kind}:{level}", signal_words(kind, level))
        for kind, level, _value in signals_at(path, localdate())
    ]


def signal_words(kind: str, level: str) -> str:
    """Return a signal in words: 台风黄色预警信号."""
    told = {"kind": WARNING_TITLES[WarningKind(kind)], "level": level_words(level)}
    return _("%(kind)s: %(level)s warning") % told


def level_words(level: str) -> str:
    """Return a level in words: 黄色."""
    return in_language(rulebook.code_words(level))


def in_language(words: Sequence[str]) -> str:
    """Return Chinese or English of a pair of words, as the reader has it."""
    return words[0] if is_chinese() else words[1]


def warnings_at(path: str) -> QuerySet[WeatherWarning]:
    """Return the warnings for a place: its own and those of the places above it, newest first."""
    found = WeatherWarning.objects.filter(path__in=chain_of_path(path))
    return found.select_related("posting").order_by("-issued_at", "-pk")


class _Held:
    """Every warning that holds in the city, kept for the homes of places, which are asked most."""

    def __init__(self) -> None:
        self.rows: list[WeatherWarning] = []
        self.database, self.looked_at = "", 0.0

    def now(self) -> list[WeatherWarning]:
        database = str(connection.settings_dict["NAME"])
        if database != self.database or time.monotonic() - self.looked_at > FRESH_SECONDS:
            held = WeatherWarning.objects.filter(lifted_at__isnull=True)
            self.rows = list(held.order_by("-issued_at", "-pk"))
            self.database, self.looked_at = database, time.monotonic()
        return self.rows


_held = _Held()


def look_again() -> None:
    """Read anew at the next look: for tests, which undo what they wrote."""
    _held.looked_at = -FRESH_SECONDS


def lately_in_force(path: str) -> list[WeatherWarning]:
    """Return the warnings that held at a place some seconds ago, newest first; mostly no query."""
    return [one for one in _held.now() if path.startswith(one.path)]


def in_force(path: str) -> QuerySet[WeatherWarning]:
    """Return the warnings that hold at a place."""
    return warnings_at(path).filter(lifted_at__isnull=True)


def get_warning(warning_id: int) -> WeatherWarning:
    """Return one warning. Refuses with NotFound."""
    found = WeatherWarning.objects.filter(pk=warning_id).first()
    if found is None:
        raise NotFound(id=warning_id)
    return found


def posted_of(one: WeatherWarning) -> Posting | None:
    """Return the notice by which a warning is posted; None if it is not, or was taken down."""
    found = one.posting
    return found if found is not None and found.withdrawn_at is None else None


def told_of(rows: Iterable[WeatherWarning]) -> list[tuple[WeatherWarning, WarningWords]]:
    """Return warnings with their words; the places of all are asked for in one query."""
    found = list(rows)
    names = names_of_paths({one.path for one in found})
    return [(one, words_of(one, names[one.path])) for one in found]


def words_of(one: WeatherWarning, place: str) -> WarningWords:
    """Return a warning in the words of the reader's language; `place` is the name of its place."""
    return WarningWords(
        place=place, office=one.office,
        title=signal_words(one.kind, one.level), level=one.level, colour=level_words(one.level),
        origin=one.origin, when=moment_short(one.issued_at), coming=one.coming,
        advice=tuple(one.advice), phone=one.phone,
        lifted=moment_short(one.lifted_at) if one.lifted_at else "",
        is_over=one.lifted_at is not None and one.followed_by_id is None,
    )  # fmt: skip


def texts_of(told: WarningWords) -> WarningTexts:
    """Return what is posted and what is read out; once a warning is lifted, that it is."""
    return WarningTexts("\n".join(_posted(told)), said_twice(_spoken(told), _("Once more.")))


def _posted(told: WarningWords) -> Iterable[str]:
    yield _("[%(title)s] %(place)s") % {"title": told.title, "place": told.place}
    if told.is_over:
        yield _("Lifted on %(moment)s.") % {"moment": told.lifted}
    else:
        yield ended(told.coming)
        yield from (f"{number}. {line}" for number, line in enumerate(told.advice, 1))
        if told.phone:
            yield _("Help and questions: %(phone)s") % {"phone": told.phone}
    yield _("By the warning of %(origin)s") % {"origin": told.origin}
    yield f"{told.office} {told.lifted if told.is_over else told.when}"


def _spoken(told: WarningWords) -> tuple[str, ...]:
    named_so = {"title": told.title, "place": told.place}
    if told.is_over:
        return (
            _("Attention please, people of %(place)s.") % named_so,
            _("The warning is lifted: %(title)s.") % named_so,
            _("Thank you for your help."),
        )
    lines = [_("Attention please, people of %(place)s.") % named_so, ended(told.title)]
    for text in (told.coming, *told.advice):
        lines += sentences(text)
    if told.phone:
        lines.append(_("Whoever needs help calls %(phone)s.") % {"phone": _paced(told.phone)})
    return tuple(lines)


def _paced(phone: str) -> str:
    """Return a number as it is read out: in groups that one can write down."""
    digits = re.sub(r"[^0-9]", "", phone)
    if not is_chinese() or not 3 <= len(digits) <= 12:
        return phone
    if digits.startswith("0") and len(digits) > 4:
        return "，".join((digits[:4], digits[4:8], digits[8:])).rstrip("，")
    return (
        digits if len(digits) < 7 else "，".join((digits[:3], digits[3:7], digits[7:])).rstrip("，")
    )
