"""Groups show what they did for public space; wishes of a residents' talk become cases; photos of events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.activities import permits
from linli.activities.errors import NotYet
from linli.activities.models import CareWork, Event, EventWish, Group
from linli.activities.types.culture import (
    AFTER,
    BEFORE,
    MOST_PHOTOS,
    OF_EVENT,
    CareFacts,
    WishState,
)
from linli.activities.types.events import EventKind, EventState
from linli.cases.services import filing
from linli.cases.types.filing import Filing
from linli.cases.types.words import Channel
from linli.files import queries as files_of
from linli.files import services as files
from linli.files.types import PHOTO, Owner
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.paths import code_of
from linli.kernel.permits import PERSONAL, Actor, open_to_all, require, system_actor
from linli.kernel.texts import clean_text
from linli.trail.services import record

# whoever leads a talk need not take reports down: wishes go on in the office's name
REPORTER = system_actor("activities.talks")


@open_to_all("whoever has the group's code speaks for the group")
@transaction.atomic
def show_care(group: Group, facts: CareFacts, *, actor: Actor, now: datetime) -> CareWork:
    """Take down what a group did for public space; nobody sees it before it is released. Refuses with Invalid."""
    said = {"title": clean_text(facts.title).strip()[:80], "where": clean_text(facts.where).strip()[:120]}  # fmt: skip
    faults = {name: [_("This is needed here.")] for name, words in said.items() if not words}
    if facts.on > localdate(now):
        faults["on"] = [_("This day has not come yet.")]
    if not facts.after or len(facts.before) > MOST_PHOTOS or len(facts.after) > MOST_PHOTOS:
        faults["after"] = [_("Choose one to %(most)s photos of afterwards, and as many of before.") % {"most": MOST_PHOTOS}]  # fmt: skip
    if faults:
        raise Invalid(faults)
    made = CareWork.objects.create(
        path=group.path, group=group, on=facts.on, about=clean_text(facts.about).strip()[:500],
        said_at=now, **said,
    )  # fmt: skip
    for field, kind, uploads in (("before", BEFORE, facts.before), ("after", AFTER, facts.after)):
        _keep_photos(Owner(kind, made.pk), made.path, field, uploads, actor, now)
    record("activities.care_shown", on=made, actor=actor, now=now, place=made.path)
    return made


def _keep_photos(
    owner: Owner, place: str, field: str, uploads: Sequence[Any], actor: Actor, now: datetime
) -> None:
    for upload in uploads:
        try:
            files.take_in(upload, policy=PHOTO, owner=owner, place=place, actor=actor, now=now)
        except files.FileRefused as refusal:
            raise Invalid({field: [str(refusal)]}) from None


@transaction.atomic
def decide_care(work: CareWork, *, is_shown: bool, actor: Actor, now: datetime) -> CareWork:
    """Show what a group did to everybody, or keep it unseen; its photos go then.

    Refuses with NotAllowed, WrongState when it was decided meanwhile.
    """
    work = CareWork.objects.select_for_update().get(pk=work.pk)
    require(actor, permits.EVENTS, at=work.path, level=PERSONAL)
    if work.state != WishState.WAITS:
        raise WrongState(move="release", state=work.state)
    work.state = WishState.SHOWN if is_shown else WishState.UNSEEN
    work.save(update_fields=["state"])
    if not is_shown:
        for kind in (BEFORE, AFTER):
            files.erase_files_of(kind, work.pk, reason="not shown", actor=actor, now=now)
    record("activities.care_decided", on=work, actor=actor, now=now, place=work.path, state=str(work.state))  # fmt: skip
    return work


@transaction.atomic
def note_wish(event: Event, text: str, *, actor: Actor, now: datetime) -> EventWish:
    """Let a wish that was voiced at a residents' talk become a report, routed and answered as any.

    Refuses with NotAllowed, WrongState, NotYet before the talk, Invalid.
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    require(actor, permits.EVENTS, at=event.path, level=PERSONAL)
    if event.kind != EventKind.TALK or event.state != EventState.PUBLISHED:
        raise WrongState(move="note a wish", state=event.state)
    if localdate(now) < localdate(event.first_at):
        raise NotYet()
    words = clean_text(text).strip()
    if not words:
        raise Invalid({"wish": [_("Say what was wished for.")]})
    filed = filing.file_report(
        Filing(text=words, channel=Channel.STAFF, place=code_of(event.path), where=event.where,
               numbers_meant=True),
        actor=REPORTER, now=now,
    )  # fmt: skip
    made = EventWish.objects.create(event=event, case_id=filed.case_id, noted_at=now)
    record("activities.talk_wish", on=event, actor=actor, now=now, place=event.path, case=filed.number)  # fmt: skip
    return made


@transaction.atomic
def keep_photos(
    event: Event, uploads: Sequence[Any], *, has_consent: bool, actor: Actor, now: datetime
) -> int:
    """Hang photos on an event, of people who agreed to it. Refuses with NotAllowed, WrongState, Invalid."""
    require(actor, permits.EVENTS, at=event.path, level=PERSONAL)
    if event.state != EventState.PUBLISHED:
        raise WrongState(move="add photos", state=event.state)
    if not has_consent:
        raise Invalid({"consent": [_("Only photos whose people agreed to be shown.")]})
    owner = Owner(OF_EVENT, event.pk)
    if not uploads or len(files_of.files_of(owner)) + len(uploads) > MOST_PHOTOS * 2:
        raise Invalid({"photos": [_("One to %(most)s photos for an event.") % {"most": MOST_PHOTOS * 2}]})  # fmt: skip
    _keep_photos(owner, event.path, "photos", uploads, actor, now)
    record("activities.photos_added", on=event, actor=actor, now=now, place=event.path, photos=len(uploads))  # fmt: skip
    return len(uploads)


@transaction.atomic
def take_photo_away(event: Event, code: str, *, actor: Actor, now: datetime) -> None:
    """Take a photo of an event away at once, as whoever is on it may ask. Refuses with NotAllowed, NotFound."""
    require(actor, permits.EVENTS, at=event.path, level=PERSONAL)
    found = files_of.files_by_codes(Owner(OF_EVENT, event.pk), [code])
    if not found:
        raise NotFound()
    files.erase_file(found[0], reason="taken away", actor=actor, now=now)
    record("activities.photo_taken_away", on=event, actor=actor, now=now, place=event.path)
