"""Publishing a version: only without faults, with all tests passed, and for good."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.formkit import permits
from linli.formkit.errors import NotClean, SavedMeanwhile
from linli.formkit.events import FormPublished, FormRetired
from linli.formkit.models import Form, FormVersion
from linli.formkit.queries import findings_of
from linli.formkit.states import VERSION, VersionState
from linli.formkit.types import Audience
from linli.kernel.canonical import canonical
from linli.kernel.errors import Invalid
from linli.kernel.events import publish
from linli.kernel.permits import Actor, require
from linli.trail.services import record


@transaction.atomic
def publish_version(
    version: FormVersion, *, edition: int, basis: str, actor: Actor, now: datetime
) -> FormVersion:
    """Put a draft into use; the version before it is retired, what was begun on it may be ended.

    Refuses with NotAllowed, WrongState, SavedMeanwhile, NotClean, Invalid.
    """
    version = version.held()
    form = version.form
    require(actor, permits.DESIGN, at=form.place)
    after = VERSION.after(version.state, "publish")
    if version.edition != edition:
        raise SavedMeanwhile(move="publish", state=version.state, who=version.saved_by)
    faults = [one for one in findings_of(version) if one.is_fault]
    if faults:
        raise NotClean(count=len(faults), move="publish", state=version.state)
    if form.audience == Audience.STAFF and not basis.strip():
        raise Invalid({"basis": [_("Say on what basis staff are asked for this (BU-12).")]})
    for old in form.versions.select_for_update().filter(state=VersionState.PUBLISHED):
        _retire(old, now)
    version.state, version.basis = after, basis.strip()[:300]
    version.checksum = hashlib.sha256(canonical(version.spec)).hexdigest()
    version.published_at, version.published_by = now, actor.label
    version.save(update_fields=["state", "basis", "checksum", "published_at", "published_by"])
    Form.objects.filter(pk=form.pk).update(changed_at=now)
    record("formkit.published", on=form, actor=actor, now=now, number=version.number)
    publish(FormPublished(form.key, version.number, form.place))
    return version


@transaction.atomic
def retire_version(version: FormVersion, *, actor: Actor, now: datetime) -> FormVersion:
    """Take a version out of use without a new one. Refuses with NotAllowed, WrongState."""
    version = version.held()
    require(actor, permits.DESIGN, at=version.form.place)
    VERSION.after(version.state, "retire")
    _retire(version, now)
    Form.objects.filter(pk=version.form_id).update(changed_at=now)
    record("formkit.retired", on=version.form, actor=actor, now=now, number=version.number)
    publish(FormRetired(version.form.key, version.number, version.form.place))
    return version


def _retire(version: FormVersion, now: datetime) -> None:
    version.state, version.retired_at = VERSION.after(version.state, "retire"), now
    version.save(update_fields=["state", "retired_at"])
