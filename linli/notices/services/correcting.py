"""Correcting a published notice: a new version beside the old one, which stays readable."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, require
from linli.notices import permits, queries
from linli.notices.engine.checking import text_faults
from linli.notices.engine.locking import lock, lock_open, must_be_newest
from linli.notices.errors import CorrectionThere
from linli.notices.models import Posting, PostingVersion
from linli.notices.states import POSTING, VERSION
from linli.notices.types import Correction
from linli.trail.services import record


@transaction.atomic
def begin_correction(posting: Posting, *, actor: Actor, now: datetime) -> PostingVersion:
    """Begin a new version from the one that the public reads. Refuses with NotAllowed, WrongState, CorrectionThere."""
    posting = lock(posting)
    require(actor, permits.WRITE, at=posting.place)
    POSTING.after(posting.state, "correct")
    if posting.open_id is not None:
        raise CorrectionThere(move="correct", state=posting.state)
    old = posting.current
    assert old is not None, "what is published has a version"
    last = posting.versions.order_by("-number").values_list("number", flat=True)[0]
    version = PostingVersion.objects.create(
        posting=posting, number=last + 1, title=old.title, body=old.body, basis=old.basis,
        contact=old.contact, objection=old.objection,
        files=[file.code for file in queries.files_of(old)],
        account_id=actor.account_id, saved_at=now, saved_by=actor.label,
    )  # fmt: skip
    posting.open, posting.changed_at = version, now
    posting.save(update_fields=["open", "changed_at"])
    record("notices.correction_begun", on=posting, actor=actor, now=now, version=version.number)
    return version


@transaction.atomic
def save_correction(
    posting: Posting, correction: Correction, *, edition: int, actor: Actor, now: datetime
) -> PostingVersion:
    """Save what a correction says, why, and which papers of before it keeps.

    Refuses with NotAllowed, WrongState, SavedMeanwhile, Invalid.
    """
    posting, version = lock_open(posting)
    require(actor, permits.WRITE, at=posting.place)
    POSTING.after(posting.state, "correct")
    version.state = VERSION.after(version.state, "save")
    must_be_newest(version, edition, "save")
    text = correction.text
    faults = text_faults(text, posting.category)
    if not correction.reason.strip():
        faults["reason"] = [_("Say what is corrected and why: everybody reads it.")]
    if faults:
        raise Invalid(faults)
    version.title, version.body = text.title.strip(), text.body.strip()
    version.basis, version.contact = text.basis.strip(), text.contact.strip()
    version.objection, version.reason = text.objection.strip(), correction.reason.strip()[:300]
    version.restarts, version.returned = correction.restarts, ""
    version.files = [code for code in version.files if code in set(correction.kept)]
    version.account_id, version.saved_at, version.saved_by = actor.account_id, now, actor.label
    version.edition += 1
    version.save()
    posting.changed_at = now
    posting.save(update_fields=["changed_at"])
    record("notices.saved", on=posting, actor=actor, now=now, version=version.number)
    return version
