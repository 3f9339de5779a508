"""Saved test cases of a form; all must pass before it is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.formkit import permits
from linli.formkit.models import Form, FormTest, FormVersion
from linli.formkit.queries import codes_of, read_answers
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import Actor, open_to_all, require
from linli.trail.services import record

MOST_TESTS = 100
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Trial:
    """What is typed into a form on a day, and what must come of it: faults or values by path."""

    name: str
    given: Mapping[str, list[str]]
    faults: Mapping[str, str]
    values: Mapping[str, Any]
    on: date


@transaction.atomic
def save_test(form: Form, trial: Trial, *, actor: Actor, now: datetime) -> FormTest:
    """Save a test case under its name, in place of one that had it. Refuses with NotAllowed, Invalid."""
    form = Form.objects.select_for_update().get(pk=form.pk)
    require(actor, permits.DESIGN, at=form.place)
    name = trial.name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise Invalid({"name": [_("Give the test a name of at most 120 characters.")]})
    if form.tests.exclude(name=name).count() >= MOST_TESTS:
        raise Invalid({"name": [_("A form keeps at most 100 tests.")]})
    saved, _is_new = FormTest.objects.update_or_create(
        form=form, name=name,
        defaults={
            "given": dict(trial.given), "faults": dict(trial.faults),
            "values": dict(trial.values), "on": trial.on, "made_at": now,
        },
    )  # fmt: skip
    record("formkit.test_saved", on=form, actor=actor, now=now, key=form.key)
    return saved


@open_to_all("what is kept is saved by `save_test`, which asks for the permit")
def keep_test(
    version: FormVersion, name: str, typed: Mapping[str, list[str]], *, actor: Actor, now: datetime
) -> FormTest:
    """Keep what somebody typed as a test: what comes of it today must come of it later, faults or values.

    Refuses as `save_test`.
    """
    today = localdate(now)
    reading = read_answers(version, typed, {}, today=today)
    values = reading.answers.whole if reading.answers else {}
    trial = Trial(name, typed, codes_of(reading), values, today)
    return save_test(version.form, trial, actor=actor, now=now)


@transaction.atomic
def drop_test(form: Form, test_id: int, *, actor: Actor, now: datetime) -> None:
    """Throw a test case away. Refuses with NotAllowed, NotFound."""
    require(actor, permits.DESIGN, at=form.place)
    gone, _by_table = FormTest.objects.filter(form=form, pk=test_id).delete()
    if not gone:
        raise NotFound()
    record("formkit.test_dropped", on=form, actor=actor, now=now, key=form.key)
