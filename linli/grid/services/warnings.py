"""Warnings of weather are passed on, corrected, followed by the next one, and lifted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.grid import permits
from linli.grid.models import WeatherWarning
from linli.grid.queries.warnings import levels_at
from linli.grid.rules.endings import refuse_over
from linli.grid.rules.warnings import too_long
from linli.grid.services.warning_posts import follow_correction, take_down
from linli.grid.types.warnings import WarningFacts, WarningKind
from linli.kernel.errors import Invalid
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, require
from linli.kernel.texts import clean_text
from linli.orgs.queries.homes import office_of
from linli.places import services as register
from linli.rulebook import queries as rulebook
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place

MOST_LINES, MOST_SIGNS = 8, 200


@transaction.atomic
def pass_on(place: Place, facts: WarningFacts, *, actor: Actor, now: datetime) -> WeatherWarning:
    """Pass a warning on to a place; it takes the place of one of the same kind that holds there.

    Refuses with NotAllowed, Ended, Invalid.
    """
    require(actor, permits.DECLARE, at=place.path)
    register.refuse_ended(place)
    hold("grid.warning", place.path, facts.kind)
    on = localdate(now)
    levels = levels_at(facts.kind, place.path, on) if facts.kind in list(WarningKind) else None
    if levels is None or levels.value is None or facts.level not in levels.codes:
        raise Invalid({"signal": [_("Choose a signal of the list.")]})
    tidy, office = _tidy(facts), office_of(place.path, on)
    made = WeatherWarning.objects.create(
        path=place.path, kind=facts.kind, level=facts.level, law=rulebook.freeze(levels),
        office=(office.name if office else place.name)[:60], issued_at=now, **tidy,
    )  # fmt: skip
    before = WeatherWarning.objects.filter(
        path=place.path, kind=facts.kind, lifted_at__isnull=True
    ).exclude(pk=made.pk)
    for one in before.select_for_update():
        one.lifted_at, one.followed_by, one.edition = max(now, one.issued_at), made, one.edition + 1
        one.save(update_fields=["lifted_at", "followed_by", "edition"])
        take_down(one, now=now)
    record("grid.warning_passed_on", on=made, actor=actor, now=now, place=place.path,
           kind=made.kind, warning=made.level)  # fmt: skip
    return made


@transaction.atomic
def correct_warning(
    one: WeatherWarning, facts: WarningFacts, *, edition: int | None = None, actor: Actor,
    now: datetime,
) -> WeatherWarning:  # fmt: skip
    """Correct the words of a warning that holds; another signal is a new warning.

    Its notice is corrected with it. Refuses with NotAllowed, Over, Stale, Invalid, CorrectionThere.
    """
    one = _held(one, edition, actor)
    if (facts.kind, facts.level) != (one.kind, one.level):
        raise Invalid({"signal": [_("Another signal is a new warning: pass it on anew.")]})
    for column, value in _tidy(facts).items():
        setattr(one, column, value)
    one.edition += 1
    one.save()
    follow_correction(one, now=now)
    record("grid.warning_corrected", on=one, actor=actor, now=now, place=one.path)
    return one


@transaction.atomic
def lift_warning(
    one: WeatherWarning, *, edition: int | None = None, actor: Actor, now: datetime
) -> WeatherWarning:
    """Say that a warning does not hold any more; its notice is taken down. Refuses with NotAllowed, Over, Stale."""
    one = _held(one, edition, actor)
    one.lifted_at, one.edition = max(now, one.issued_at), one.edition + 1
    one.save(update_fields=["lifted_at", "edition"])
    take_down(one, now=now)
    record("grid.warning_lifted", on=one, actor=actor, now=now, place=one.path)
    return one


def _held(one: WeatherWarning, edition: int | None, actor: Actor) -> WeatherWarning:
    one = WeatherWarning.objects.select_for_update().get(pk=one.pk)
    require(actor, permits.DECLARE, at=one.path)
    refuse_over(one, edition=edition, ends="lifted_at")
    return one


def _tidy(facts: WarningFacts) -> dict[str, Any]:
    """Return the columns of what was written. Refuses with Invalid."""
    origin, coming = clean_text(facts.origin).strip(), clean_text(facts.coming).strip()
    advice = [line for raw in facts.advice if (line := clean_text(raw).strip())]
    faults: dict[str, list[str]] = {}
    if not origin:
        faults["origin"] = [_("Say which station or office warned.")]
    if not coming:
        faults["coming"] = [_("Say what is coming, and when.")]
    if not 1 <= len(advice) <= MOST_LINES:
        faults["advice"] = [_("Say what to do: 1 to %(most)s lines.") % {"most": MOST_LINES}]
    for name, texts in (("coming", [coming]), ("advice", advice)):
        wrong = next((text for one in texts if (text := too_long(one) or one[MOST_SIGNS:])), "")
        if wrong:
            said = _("Too long to be understood when it is read out: “%(text)s”")
            faults.setdefault(name, [said % {"text": wrong}])
    if faults:
        raise Invalid(faults)
    phone = clean_text(facts.phone).strip()[:30]
    return {"origin": origin[:60], "coming": coming, "advice": advice, "phone": phone}
