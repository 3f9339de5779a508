"""Photos before everybody sees them: looked at one by one, blackened, shown as new files, taken back."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from PIL import Image

from linli.cases import permits
from linli.cases.errors import AlreadyDecided, Missing, NamesSomebody, NothingToRelease
from linli.cases.models import Case, CaseEvent, CaseFile, PublicWords
from linli.cases.queries import public
from linli.cases.rules.blackening import Span, spans_of
from linli.cases.services import forgetting, releasing, showing
from linli.cases.testing import NOON, VILLAGE, clerk_of, faults, make_report, report_with_photos
from linli.cases.types.moves import At
from linli.files.models import StoredFile
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.permits import NOBODY, Actor, system_actor
from linli.kernel.testing import client_of, make_actor
from linli.runtime.testing import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
CLERK = clerk_of()
READER = make_actor("reader", permits.RELEASE, at=VILLAGE)
STRANGER = make_actor("stranger", permits.RELEASE, permits.SEE, at="441900/441900006/")
PLACE = "441900005001"


def release(one: CaseFile, *black: Span, actor: Actor = READER) -> CaseFile:
    with transaction.atomic():
        showing.release_photo(At(one.case_id), one.pk, black=black, actor=actor, now=NOON)
    return CaseFile.objects.select_related("shown").get(pk=one.pk)


def withhold(*photos: CaseFile, reason: str = "拍到了车牌", actor: Actor = READER) -> None:
    with transaction.atomic():
        showing.withhold_photos(
            At(photos[0].case_id), [one.pk for one in photos], reason=reason, actor=actor, now=NOON
        )


def picture(client: Client, code: str, side: str = "1920") -> Image.Image:
    answer = client.get(f"/en/files/{code}/{side}/")
    assert answer.status_code == 200
    return Image.open(BytesIO(b"".join(answer.streaming_content)))


def test_a_released_photo_is_a_new_file_without_a_word_and_black_where_it_was_ticked() -> None:
    number, (one,) = report_with_photos()

    shown = release(one, (0, 0, 500, 500)).shown

    assert shown is not None
    assert shown.code != one.file.code
    seen = picture(Client(), shown.code)
    assert len(seen.getexif()) == 0
    assert b"SecretPhone" not in Client().get(f"/en/files/{shown.code}/").getvalue()
    assert max(seen.getpixel((10, 10))) < 20
    assert max(seen.getpixel((seen.width - 5, seen.height - 5))) > 100
    assert public.get_public(number).photos == [shown.code]
    event = CaseEvent.objects.get(move="release_photo")
    assert event.facts["shown"] == shown.sha256
    assert faults() == []


def test_nobody_and_no_other_post_gets_a_photo_that_was_not_released() -> None:
    _number, (one, other) = report_with_photos(2)
    release(other)

    for actor in (NOBODY, STRANGER):
        client = client_of(actor)
        for side in ("", "480/", "1920/"):
            assert client.get(f"/en/files/{one.file.code}/{side}").status_code == 404
            assert client.get(f"/en/files/{other.file.code}/{side}").status_code == 404, (
                "the original"
            )
    assert client_of(STRANGER).get(f"/en/release/{_number}/photos/{one.pk}").status_code == 404
    assert Client().get(f"/en/release/{_number}/photos/{one.pk}").status_code in (302, 303, 404)


def test_page_feed_api_and_open311_show_released_photos_alone() -> None:
    number, (one, other) = report_with_photos(2)
    pages = (
        f"/en/places/{PLACE}/cases/{number}/", f"/feeds/places/{PLACE}.atom",
        f"/api/v1/places/{PLACE}/cases/{number}/", f"/open311/v2/requests/{number}.json",
    )  # fmt: skip
    before = [Client().get(page).content.decode() for page in pages]

    shown = release(one).shown

    assert shown is not None
    for page, was in zip(pages, before, strict=True):
        now = Client().get(page).content.decode()
        assert shown.code in now
        assert shown.code not in was
        for hidden in (one.file.code, other.file.code):
            assert hidden not in now + was


def test_a_photo_that_is_taken_back_is_gone_for_everybody_and_its_writer_reads_why() -> None:
    number, (one,) = report_with_photos()
    shown = release(one).shown
    assert shown is not None

    withhold(one)

    assert Client().get(f"/en/files/{shown.code}/").status_code == 404
    assert StoredFile.objects.get(pk=shown.pk).state == "erased"
    assert StoredFile.objects.get(pk=one.file_id).state == "kept"
    assert public.get_public(number).photos == ()
    words = PublicWords.objects.get(event__move="withhold_photo")
    assert (words.said, words.released_at) == ({"text": "拍到了车牌"}, None)
    assert faults() == []


def test_a_case_waits_until_words_and_every_photo_are_decided() -> None:
    _number, (one, other) = report_with_photos(2)
    with transaction.atomic():
        releasing.release_words(At(one.case_id), 1, actor=READER, now=NOON)
    assert Case.objects.get().waits_for_release

    release(one)
    assert Case.objects.get().waits_for_release
    withhold(other)

    case = Case.objects.get()
    assert (case.waits_for_release, case.is_released) == (False, True)
    assert faults() == []


def test_words_alone_are_shown_by_one_press() -> None:
    _number, photos = report_with_photos(3)

    withhold(*photos, reason="只公开文字")

    assert CaseFile.objects.filter(withheld_at__isnull=False).count() == 3
    assert CaseEvent.objects.filter(move="withhold_photo").count() == 1


@pytest.mark.parametrize(
    ("actor", "black", "refusal"),
    [
        (CLERK, (), NotAllowed),
        (STRANGER, (), NotAllowed),
        (READER, ((0, 0, 0, 10),), NamesSomebody),
        (READER, ((0, 0, 1001, 10),), NamesSomebody),
    ],
)
def test_who_may_not_or_ticks_what_is_no_part_changes_nothing(
    actor: Actor, black: tuple[Span, ...], refusal: type[Refusal]
) -> None:
    _number, (one,) = report_with_photos()

    with pytest.raises(refusal):
        release(one, *black, actor=actor)

    assert CaseFile.objects.get().shown is None
    assert CaseEvent.objects.filter(move="release_photo").count() == 0
    assert StoredFile.objects.count() == 1


def test_a_reason_is_needed_and_a_photo_of_another_case_is_none_of_this_one() -> None:
    _number, (one,) = report_with_photos()
    other = make_report("别的事").case_id

    with pytest.raises(Missing):
        withhold(one, reason=" ")
    with pytest.raises(NothingToRelease), transaction.atomic():
        showing.release_photo(At(other), one.pk, actor=READER, now=NOON)
    withhold(one)
    with pytest.raises(AlreadyDecided):
        withhold(one)

    assert CaseFile.objects.get().shown is None


def test_a_person_who_is_forgotten_takes_the_shown_photo_along() -> None:
    _number, (one,) = report_with_photos()
    shown = release(one).shown
    assert shown is not None

    with transaction.atomic():
        forgetting.forget_reporter(one.case_id, actor=system_actor("test"), now=NOON)

    assert StoredFile.objects.filter(state="kept").count() == 0
    assert faults() == []


def test_the_page_blackens_fields_and_keeps_them_after_a_mistake() -> None:
    number, (one,) = report_with_photos()
    client, where = client_of(READER), f"/en/release/{number}/"

    def post(data: dict[str, Any]) -> Any:
        return client.post(where, {"key": str(uuid4()), "photos": "one", **data})

    assert client.get(f"{where}photos/{one.pk}").status_code == 200
    faulty = post({"photo": one.pk, "move": "withhold", "black": "0-1", "reason": ""})
    assert faulty.status_code == 422
    assert 'value="0-1" aria-label="Row 1, column 2" checked' in faulty.content.decode()
    answer = post({"photo": one.pk, "move": "release", "black": ["0-0", "0-1"]})

    assert answer.status_code == 303
    assert CaseEvent.objects.get(move="release_photo").facts["blacked_out"] == 1


def test_fields_beside_each_other_are_one_box_and_others_are_refused() -> None:
    assert spans_of(["0-0", "0-1", "8-11"]) == [(0, 0, 167, 112), (916, 888, 1000, 1000)]
    for name in ("9-0", "0-12", "x", "-1-0", "0-٣"):
        with pytest.raises(ValueError):
            spans_of([name])


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told() -> None:
    _number, (one,) = report_with_photos()

    came = at_once(lambda: release(one), lambda: release(one))

    assert sorted(came) == ["", "already_decided"]
    assert StoredFile.objects.filter(owner_kind="cases.shown").count() == 1
