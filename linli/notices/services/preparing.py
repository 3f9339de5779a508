"""Preparing a notice: written, saved, handed in, returned, given up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.ids import public_code
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor, require
from linli.notices import permits
from linli.notices.engine.checking import Checked, check_draft
from linli.notices.engine.locking import lock_open, must_be_newest
from linli.notices.models import Posting, PostingPlace, PostingVersion
from linli.notices.states import POSTING, VERSION, PostingState
from linli.notices.types import Draft
from linli.places import queries as places
from linli.trail.services import record

LENGTH = 10


@transaction.atomic
def create_posting(draft: Draft, *, place: str, actor: Actor, now: datetime) -> Posting:
    """Begin a notice of a place. Refuses with NotAllowed, Invalid, NotFound, Ended."""
    require(actor, permits.WRITE, at=place)
    at = places.open_place(code_of(place))
    checked = check_draft(draft, at, on=localdate(now))
    codes = [*[code for code in place.split("/") if code], "", "", ""]
    posting = Posting(
        code=public_code(LENGTH), place=place, town_code=codes[1], village_code=codes[2],
        post_id=actor.post_at(place), made_at=now, made_by=actor.label, changed_at=now,
    )  # fmt: skip
    _set_frame(posting, draft, checked)
    posting.save()
    version = PostingVersion(posting=posting, number=1)
    _set_words(version, draft, actor, now)
    version.save()
    posting.open = version
    posting.save(update_fields=["open"])
    _set_places(posting, checked)
    record("notices.created", on=posting, actor=actor, now=now, category=draft.category)
    return posting


@transaction.atomic
def save_draft(
    posting: Posting, draft: Draft, *, edition: int, actor: Actor, now: datetime
) -> Posting:
    """Save a notice that was not published yet. Refuses with NotAllowed, WrongState, SavedMeanwhile, Invalid."""
    posting, version = lock_open(posting)
    require(actor, permits.WRITE, at=posting.place)
    version.state = VERSION.after(version.state, "save")
    POSTING.after(posting.state, "drop")
    must_be_newest(version, edition, "save")
    at = places.open_place(code_of(posting.place))
    checked = check_draft(draft, at, on=localdate(now))
    _set_frame(posting, draft, checked)
    posting.changed_at = now
    posting.save()
    _set_words(version, draft, actor, now)
    version.edition += 1
    version.save()
    _set_places(posting, checked)
    record("notices.saved", on=posting, actor=actor, now=now, version=version.number)
    return posting


def _set_frame(posting: Posting, draft: Draft, checked: Checked) -> None:
    posting.category, posting.reach = draft.category, draft.reach
    posting.office_id, posting.office = checked.office_id, checked.office
    posting.first_day, posting.days, posting.unit = draft.first_day, draft.days, draft.unit


def _set_words(version: PostingVersion, draft: Draft, actor: Actor, now: datetime) -> None:
    version.title, version.body = draft.title.strip(), draft.body.strip()
    version.basis, version.contact = draft.basis.strip(), draft.contact.strip()
    version.objection, version.returned = draft.objection.strip(), ""
    version.account_id, version.saved_at, version.saved_by = actor.account_id, now, actor.label


def _set_places(posting: Posting, checked: Checked) -> None:
    posting.places.all().delete()
    PostingPlace.objects.bulk_create(
        PostingPlace(posting=posting, path=path) for path in checked.paths or (posting.place,)
    )


@transaction.atomic
def submit_version(
    posting: Posting, *, edition: int, actor: Actor, now: datetime
) -> PostingVersion:
    """Hand a draft in to be published. Refuses with NotAllowed, WrongState, SavedMeanwhile."""
    posting, version = lock_open(posting)
    require(actor, permits.WRITE, at=posting.place)
    must_be_newest(version, edition, "submit")
    version.state, version.returned = VERSION.after(version.state, "submit"), ""
    return _moved(posting, version, "notices.submitted", actor, now)


@transaction.atomic
def return_version(
    posting: Posting, *, remark: str, edition: int, actor: Actor, now: datetime
) -> PostingVersion:
    """Give a draft back to its writer with a remark. Refuses with NotAllowed, WrongState, SavedMeanwhile, Invalid."""
    posting, version = lock_open(posting)
    require(actor, permits.PUBLISH, at=posting.place)
    must_be_newest(version, edition, "return")
    if not remark.strip():
        raise Invalid({"remark": [_("Say what is to be changed.")]})
    version.state = VERSION.after(version.state, "return")
    version.returned = remark.strip()[:300]
    return _moved(posting, version, "notices.returned", actor, now)


@transaction.atomic
def drop_version(posting: Posting, *, edition: int, actor: Actor, now: datetime) -> PostingVersion:
    """Give up what is being written: the whole notice, or a correction of it.

    Refuses with NotAllowed, WrongState, SavedMeanwhile.
    """
    posting, version = lock_open(posting)
    require(actor, permits.WRITE, at=posting.place)
    must_be_newest(version, edition, "drop")
    version.state = VERSION.after(version.state, "drop")
    if posting.state == PostingState.PREPARED:
        posting.state = POSTING.after(posting.state, "drop")
    posting.open = None
    posting.save(update_fields=["state", "open"])
    return _moved(posting, version, "notices.dropped", actor, now)


def _moved(
    posting: Posting, version: PostingVersion, verb: str, actor: Actor, now: datetime
) -> PostingVersion:
    version.edition += 1
    version.save(update_fields=["state", "returned", "edition"])
    posting.changed_at = now
    posting.save(update_fields=["changed_at"])
    record(verb, on=posting, actor=actor, now=now, version=version.number)
    return version
