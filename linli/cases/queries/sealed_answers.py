"""Answers that lie under seal, in words, for whoever opens them with a reason."""

from __future__ import annotations

from django.utils.translation import get_language

from linli.cases.models import Reporter
from linli.cases.models.contacts import answers_of
from linli.formkit import queries as formkit
from linli.formkit.queries import Told
from linli.kernel.permits import NOBODY


def told_answers(reporter: Reporter) -> tuple[Told, ...]:
    """Return what a reporter answered under seal, question by question; numbers in full."""
    kept = answers_of(reporter)
    if kept is None:
        return ()
    spec = formkit.spec_of(formkit.get_version(NOBODY, kept.form, kept.version))
    language = get_language() or "zh-hans"
    return tuple(formkit.summary(spec, kept.values, language, whole=True))
