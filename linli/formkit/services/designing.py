"""Building forms: a draft is saved step by step, and each save is one to which one can return."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.formkit import permits
from linli.formkit.errors import DraftThere, NotAForm, SavedMeanwhile
from linli.formkit.models import Form, FormRevision, FormVersion
from linli.formkit.queries import draft_of, spec_of, told_broken
from linli.formkit.rules.edits import EMPTY
from linli.formkit.rules.parsing import read_spec
from linli.formkit.rules.shapes import SpecBroken
from linli.formkit.rules.writing import write_spec
from linli.formkit.states import VersionState
from linli.formkit.types import Audience, Spec, Words
from linli.kernel import locks
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.permits import Actor, require
from linli.trail.services import record

MOST_TITLE, MOST_TITLE_EN = 120, 200
KEY = re.compile(r"[a-z][a-z0-9-]{1,58}[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Head:
    """What a form is called, whose it is, and who fills it in."""

    key: str
    title: Words
    place: str
    audience: Audience


@transaction.atomic
def create_form(head: Head, *, actor: Actor, now: datetime, spec: Spec = EMPTY) -> Form:
    """Begin a form with one empty page, or with a given spec. Refuses with NotAllowed, Invalid."""
    require(actor, permits.DESIGN, at=head.place)
    locks.hold("formkit.key", head.key)
    faults = _head_faults(head)
    if not KEY.fullmatch(head.key):
        faults["key"] = [
            _("Small letters, digits and hyphens, at least three, beginning with a letter.")
        ]
    elif Form.objects.filter(key=head.key).exists():
        faults["key"] = [_("Another form has this short name already.")]
    if faults:
        raise Invalid(faults)
    form = Form.objects.create(
        key=head.key, title=head.title.zh.strip(), title_en=head.title.en.strip(), place=head.place,
        audience=head.audience, made_at=now, made_by=actor.label, changed_at=now,
    )  # fmt: skip
    _begin(form, replace(spec, title=head.title), 1, actor, now)
    record("formkit.created", on=form, actor=actor, now=now, key=form.key)
    return form


def _head_faults(head: Head) -> dict[str, list[str]]:
    faults = {}
    for name, text, most in (
        ("title", head.title.zh.strip(), MOST_TITLE),
        ("title_en", head.title.en.strip(), MOST_TITLE_EN),
    ):
        if not text:
            faults[name] = [_("Please answer this question.")]
        elif len(text) > most:
            faults[name] = [_("At most %(most)s characters.") % {"most": most}]
    return faults


def _begin(form: Form, spec: Spec, number: int, actor: Actor, now: datetime) -> FormVersion:
    written = write_spec(spec)
    version = FormVersion.objects.create(
        form=form, number=number, spec=written, saved_at=now, saved_by=actor.label
    )
    FormRevision.objects.create(
        version=version, edition=1, spec=written, step="begun", at=now, label=actor.label
    )
    return version


@transaction.atomic
def import_form(head: Head, data: object, *, actor: Actor, now: datetime) -> Form:
    """Begin a form from a JSON file of another installation. Refuses with NotAForm, Invalid, NotAllowed."""
    require(actor, permits.DESIGN, at=head.place)
    return create_form(head, actor=actor, now=now, spec=_read(data))


def _read(data: object) -> Spec:
    try:
        return read_spec(data)
    except SpecBroken as error:
        raise NotAForm(path=error.path or "/", why=told_broken(error.code)) from error


@transaction.atomic
def name_form(form: Form, title: Words, *, actor: Actor, now: datetime) -> Form:
    """Give a form another title in lists; versions keep theirs. Refuses with NotAllowed, Invalid."""
    form = Form.objects.select_for_update().get(pk=form.pk)
    require(actor, permits.DESIGN, at=form.place)
    if faults := _head_faults(Head(form.key, title, form.place, Audience(form.audience))):
        raise Invalid(faults)
    form.title, form.title_en, form.changed_at = title.zh.strip(), title.en.strip(), now
    form.save(update_fields=["title", "title_en", "changed_at"])
    record("formkit.named", on=form, actor=actor, now=now, key=form.key)
    return form


@transaction.atomic
def new_version(form: Form, *, actor: Actor, now: datetime) -> FormVersion:
    """Begin a new draft from the last version. Refuses with NotAllowed, DraftThere."""
    form = Form.objects.select_for_update().get(pk=form.pk)
    require(actor, permits.DESIGN, at=form.place)
    last = form.versions.order_by("-number").first()
    assert last is not None, "a form begins with a version"
    if draft_of(form) is not None:
        raise DraftThere(move="new_version", state=VersionState.DRAFT)
    version = _begin(form, spec_of(last), last.number + 1, actor, now)
    form.changed_at = now
    form.save(update_fields=["changed_at"])
    record("formkit.version_begun", on=form, actor=actor, now=now, number=version.number)
    return version


@transaction.atomic
def save_draft_version(
    version: FormVersion, spec: Spec, *, edition: int, step: str, actor: Actor, now: datetime
) -> FormVersion:
    """Save a step of building. Refuses with NotAllowed, WrongState, SavedMeanwhile, NotAForm."""
    version = version.held()
    require(actor, permits.DESIGN, at=version.form.place)
    if version.state != VersionState.DRAFT:
        raise WrongState(move=step, state=version.state)
    if version.edition != edition:
        raise SavedMeanwhile(move=step, state=version.state, who=version.saved_by)
    written = write_spec(spec)
    _read(written)
    version.spec, version.edition = written, edition + 1
    version.saved_at, version.saved_by = now, actor.label
    version.save(update_fields=["spec", "edition", "saved_at", "saved_by"])
    FormRevision.objects.create(
        version=version, edition=version.edition, spec=written, step=step, at=now, label=actor.label
    )
    Form.objects.filter(pk=version.form_id).update(changed_at=now)
    record("formkit.saved", on=version.form, actor=actor, now=now, number=version.number, step=step)
    return version


def save_whole_draft(
    version: FormVersion, data: object, *, edition: int, actor: Actor, now: datetime
) -> FormVersion:
    """Save a draft whole, from its JSON. Refuses as save_draft_version, and with NotAForm."""
    require(actor, permits.DESIGN, at=version.form.place)
    return save_draft_version(
        version, _read(data), edition=edition, step="imported", actor=actor, now=now
    )


def return_to(
    version: FormVersion, revision: int, *, edition: int, actor: Actor, now: datetime
) -> FormVersion:
    """Bring an earlier save back, as a new one. Refuses as save_draft_version, and with NotFound."""
    require(actor, permits.DESIGN, at=version.form.place)
    found = FormRevision.objects.filter(version=version, edition=revision).first()
    if found is None:
        raise NotFound()
    return save_draft_version(
        version, read_spec(found.spec), edition=edition, step="returned", actor=actor, now=now
    )
