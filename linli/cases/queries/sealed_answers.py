"""Answers that lie under seal, in words and files, for whoever opens them with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from linli.cases.models import Case, Reporter
from linli.cases.models.contacts import answers_of
from linli.cases.queries.intake import may_open_contact, reporter_of
from linli.cases.queries.questions import codes_in
from linli.cases.queries.reading import get_case
from linli.cases.types.filing import UNDER_SEAL
from linli.files.queries import files_of
from linli.files.types import Owner
from linli.formkit import queries as formkit
from linli.formkit.queries import Told
from linli.formkit.types import WITH_FILES
from linli.kernel.errors import NotFound
from linli.kernel.permits import NOBODY, Actor

if TYPE_CHECKING:
    from linli.files.models import StoredFile


def get_sealed(actor: Actor, number: str) -> tuple[Case, Reporter]:
    """Return a case and its reporter, of whom the actor may open what lies under seal. Refuses with NotFound."""
    case = get_case(actor, number)
    reporter = reporter_of(case.pk)
    if reporter is None or not may_open_contact(actor, case, reporter):
        raise NotFound()
    return case, reporter


def told_answers(reporter: Reporter) -> tuple[Told, ...]:
    """Return what a reporter answered under seal, question by question; numbers in full. Files stand apart."""
    kept = answers_of(reporter)
    if kept is None:
        return ()
    spec = formkit.spec_of(formkit.get_version(NOBODY, kept.form, kept.version))
    language = get_language() or "zh-hans"
    values = {
        key: value
        for key, value in kept.values.items()
        if spec.fields[key].kind not in WITH_FILES or not codes_in(value)
    }
    return tuple(formkit.summary(spec, values, language, whole=True))


def files_under_seal(reporter: Reporter) -> tuple[tuple[str, Sequence[StoredFile]], ...]:
    """Return the files with which a reporter answered under seal, by the words of their question."""
    kept = answers_of(reporter)
    if kept is None:
        return ()
    spec = formkit.spec_of(formkit.get_version(NOBODY, kept.form, kept.version))
    held = {one.code: one for one in files_of(Owner(UNDER_SEAL, reporter.pk))}
    language = get_language() or "zh-hans"
    return tuple(
        (
            one.label.told(language),
            [held[code] for code in codes_in(kept.values[key]) if code in held],
        )
        for key, one in spec.fields.items()
        if one.kind in WITH_FILES and key in kept.values
    )
