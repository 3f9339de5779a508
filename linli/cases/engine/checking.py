"""What a report must be before it is taken: at a place that is known, in words, with no one's numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from linli.cases.engine.saying import clean
from linli.cases.errors import NumbersInText, OtherPlace
from linli.cases.queries import intake
from linli.cases.queries.categories import promise_told
from linli.cases.queries.intake import MILLION
from linli.cases.rules import telling
from linli.cases.rules.reaching import name_as_kept
from linli.cases.types.filing import Contact, Filing
from linli.cases.types.words import Matter
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.identity import NotAPhone, read_phone
from linli.places.types import PlaceRow
from linli.ui.formats import listed

MATTERS = frozenset(Matter)


@dataclass(frozen=True, slots=True)
class Where:
    """Where a report belongs: the chain of its place, its point in millionths, a spot's category."""

    chain: tuple[PlaceRow, ...]
    point: tuple[int, int] | None = None
    category_id: int | None = None


def on_the_ground(filing: Filing) -> Where:
    """Return where a report belongs. Refuses with Invalid in place and point, OtherPlace."""
    return begin_on_the_ground(filing)()


def begin_on_the_ground(filing: Filing) -> Callable[[], Where]:
    """Begin to find where a report belongs, and go on; what is returned waits for it and refuses."""
    if filing.spot:
        return partial(_at_spot, filing)
    return partial(_around, filing, intake.begin_chain(filing.place) if filing.place else None)


def _around(filing: Filing, read: Callable[[], tuple[PlaceRow, ...] | None] | None) -> Where:
    named = read() if read is not None else None
    if filing.place and named is None:
        raise Invalid({"place": [_("There is no such place today. Choose it again.")]})
    if filing.point is None:
        if named is None:
            raise Invalid({"place": [_("Say in which village or community it is.")]})
        return Where(named)
    around = intake.village_around(filing.point)
    if around is None:
        words = _("This point lies outside the city. Move it, or name the village instead.")
        raise Invalid({"point": [words]})
    return Where(_agreed(named, around), _millionths(filing.point))


def _at_spot(filing: Filing) -> Where:
    try:
        spot = intake.open_spot(filing.spot)
    except NotFound as gone:
        words = _("This code does not hold any more. Say in which village or community it is.")
        raise Invalid({"place": [words]}) from gone
    chain = intake.chain_or_none(intake.code_of(spot.path))
    if chain is None:
        raise Invalid({"place": [_("There is no such place today. Choose it again.")]})
    point = None if spot.lon is None or spot.lat is None else (spot.lon, spot.lat)
    return Where(chain, point, spot.category_id)


def _agreed(
    named: tuple[PlaceRow, ...] | None, around: tuple[PlaceRow, ...]
) -> tuple[PlaceRow, ...]:
    """The smaller of a named place and the village around the point, if one lies in the other."""
    if named is None or around[-1].path.startswith(named[-1].path):
        return around
    if named[-1].path.startswith(around[-1].path):
        return named
    here, there = around[-1], named[-1]
    words = _("The point lies in %(here)s, but you chose %(there)s. Which one is meant?")
    told = words % {"here": here.short_name or here.name, "there": there.short_name or there.name}
    raise OtherPlace({"place": [told]}, nearest=here.code)


def _millionths(point: tuple[float, float]) -> tuple[int, int]:
    return round(point[0] * MILLION), round(point[1] * MILLION)


def checked_text(filing: Filing) -> str:
    """Return the words of a report as they are kept.

    Refuses with Missing, Invalid in text and matter, NumbersInText.
    """
    text = clean("\n".join((filing.text, *filing.answered.lines)))
    if not telling.has_words(text) and not filing.photos:
        raise Invalid({"text": [_("Say in a few words what it is.")]})
    if filing.matter not in MATTERS:
        raise Invalid({"matter": [_("Choose one of the given answers.")]})
    whole, own = f"{filing.where}\n{text}", filing.contact.phone
    without_numbers(whole, own, numbers_meant=filing.numbers_meant)
    return text


def promise_of(category_id: int | None) -> dict[str, str]:
    """Return what whoever reports is promised, as it is kept. Refuses with Invalid in category."""
    found = promise_told(category_id) if category_id else {}
    if found is None:
        raise Invalid({"category": [_("Choose one of the given answers.")]})
    return found


def without_numbers(text: str, own: str = "", *, numbers_meant: bool) -> str:
    """Return the text unless numbers in it name people by mistake. Refuses with NumbersInText."""
    found = [] if numbers_meant else telling.numbers_in(text, own)
    if found:
        words = _(
            "Numbers that name or reach people stand in it: %(numbers)s. Take them out, or say "
            "below that the office needs them."
        )
        shown = listed(telling.masked(number) for number in found[:5])
        raise NumbersInText({"text": [words % {"numbers": shown}]})
    return text


def reached(contact: Contact) -> Contact:
    """Return name and telephone as they are kept, +8613800001234. Refuses with Invalid in phone."""
    try:
        phone = read_phone(contact.phone) if contact.phone.strip() else ""
    except NotAPhone as error:
        words = _("This is no telephone number that can be called. Compare it.")
        raise Invalid({"phone": [words]}) from error
    return Contact(name_as_kept(contact.name), phone)
