"""Photos of an event, and wishes of a residents' talk, over the API for the office."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from linli.activities.forms.culture import EventPhotosForm, TalkWishForm
from linli.activities.queries import care as queries
from linli.activities.queries import events
from linli.activities.services import care
from linli.kernel.web import Request

router = Router()


class TalkWishIn(Schema):
    """In the words of the talk, without names."""

    wish: str


class TalkWishOut(Schema):
    """The report that a wish became."""

    case: str


class ConsentIn(Schema):
    """`consent`: everybody who can be recognised agreed; for children, who cares for them."""

    consent: bool = False


class EventPhotoOut(Schema):
    """A photo of an event; `content` is the address that gives its bytes to whoever may see it."""

    code: str
    content: str


@router.post("/desk/events/{int:event_id}/wishes", response={201: TalkWishOut})
def note_wish(request: Request, event_id: int, given: TalkWishIn) -> Status[dict[str, str]]:
    """Let a wish that was voiced at a residents' talk become a report."""
    event, said = events.kept_event(request.actor, event_id), TalkWishForm(given.dict()).accepted()
    made = care.note_wish(event, said["wish"], actor=request.actor, now=timezone.now())
    return Status(201, {"case": made.case.number})


@router.post("/desk/events/{int:event_id}/photos", response={201: list[EventPhotoOut]})
def keep_photos(
    request: Request, event_id: int, given: Form[ConsentIn], photos: File[list[UploadedFile]]
) -> Status[list[dict[str, str]]]:
    """Hang photos on an event whose people agreed; answers with all that hang there."""
    event = events.kept_event(request.actor, event_id)
    said = EventPhotosForm(given.dict(), request.FILES).accepted()
    care.keep_photos(
        event, said["photos"], has_consent=said["consent"], actor=request.actor, now=timezone.now()
    )
    return Status(201, _photos(event))


@router.post("/desk/events/{int:event_id}/photos/{file}/away", response=list[EventPhotoOut])
def take_photo_away(request: Request, event_id: int, file: str) -> list[dict[str, str]]:
    """Take a photo of an event away at once, as whoever is on it may ask."""
    event = events.kept_event(request.actor, event_id)
    care.take_photo_away(event, file[:20], actor=request.actor, now=timezone.now())
    return _photos(event)


def _photos(event: Any) -> list[dict[str, str]]:
    return [
        {"code": one.code, "content": reverse("api_file_content", args=[one.code])}
        for one in queries.photos_of(event)
    ]
