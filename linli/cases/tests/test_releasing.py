"""先审后发: who decides, on what, once; what is chained, and what the writer is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from linli.cases import permits
from linli.cases.errors import AlreadyDecided, Missing, NamesSomebody, NeverPublic, NothingToRelease
from linli.cases.models import Case, CaseEvent, PublicWords
from linli.cases.queries import releasing as queries
from linli.cases.services import releasing, words
from linli.cases.testing import NOON, VILLAGE, clerk_of, faults, make_case, move
from linli.cases.types.moves import At
from linli.kernel.errors import NotAllowed, NotFound
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.sealing import keeps
from linli.kernel.testing import client_of, make_actor
from linli.runtime.testing import at_once

pytestmark = pytest.mark.django_db
CLERK = clerk_of()
READER = make_actor("reader", permits.RELEASE, at=VILLAGE)
STRANGER = make_actor("stranger", permits.RELEASE, at="441900/441900006/")


def release(case_id: int, seq: int = 1, *hidden: str, actor: Actor = READER) -> None:
    with transaction.atomic():
        releasing.release_words(At(case_id), seq, hidden=hidden, actor=actor, now=NOON)


def withhold(case_id: int, seq: int = 1, reason: str = "写了人名", actor: Actor = READER) -> None:
    with transaction.atomic():
        releasing.withhold_words(At(case_id), seq, reason=reason, actor=actor, now=NOON)


def head() -> tuple[bool, bool]:
    case = Case.objects.get()
    return case.is_released, case.waits_for_release


def test_a_release_is_chained_and_the_original_stays() -> None:
    case_id = make_case(said="王小明家的灯").held.id

    release(case_id, 1, "王小明")

    row = PublicWords.objects.get()
    event = CaseEvent.objects.get(move="release")
    assert (row.said, row.shown, row.waits) == ({"text": "王小明家的灯"}, "███家的灯", False)
    assert event.facts["words"] == 1
    assert "王小明" not in str(event.facts)
    assert keeps(bytes.fromhex(event.facts["shown"]), bytes(row.shown_nonce), {"text": row.shown})
    assert head() == (True, False)
    assert faults() == []


def test_a_withheld_word_is_told_to_its_writer_alone() -> None:
    case_id = make_case().held.id

    withhold(case_id, reason="里面有邻居的名字")

    told = PublicWords.objects.get(event__move="withhold")
    assert told.said == {"text": "里面有邻居的名字"}
    assert (told.is_by_reporter, told.released_at, told.waits) == (False, None, False)
    assert head() == (False, False)
    assert faults() == []


def test_everything_waits_until_each_piece_was_decided() -> None:
    case_id = make_case().held.id
    with transaction.atomic():
        words.add_words(At(case_id), "还有一盏", actor=NOBODY, now=NOON)

    release(case_id, 1)
    assert head() == (True, True)
    withhold(case_id, 2)
    assert head() == (True, False)
    withhold(case_id, 1)
    assert head() == (False, False)
    release(case_id, 2)
    assert head() == (True, False)
    assert faults() == []


def test_nobody_decides_twice_but_may_take_back() -> None:
    case_id = make_case().held.id
    release(case_id)
    with pytest.raises(AlreadyDecided):
        release(case_id)
    withhold(case_id)
    with pytest.raises(AlreadyDecided):
        withhold(case_id)
    release(case_id)

    assert CaseEvent.objects.filter(move__in=["release", "withhold"]).count() == 3
    assert faults() == []


@pytest.mark.parametrize("actor", [NOBODY, CLERK, STRANGER], ids=lambda a: a.label)
def test_whoever_has_no_right_changes_nothing(actor: Actor) -> None:
    case_id = make_case().held.id

    for step in (release, withhold):
        with pytest.raises(NotAllowed):
            step(case_id, actor=actor)

    assert CaseEvent.objects.count() == 1
    assert head() == (False, True)


@pytest.mark.parametrize(
    ("hidden", "fits"),
    [((), False), (("138001380",), True), (("13800138000",), True), (("王五",), False)],
)
def test_a_number_that_names_somebody_goes_out_with_nothing(
    hidden: tuple[str, ...], fits: bool
) -> None:
    case_id = make_case(said="打 13800138000 找他").held.id

    if fits:
        release(case_id, 1, *hidden)
        assert "13800138000" not in str(PublicWords.objects.get().shown)
        return
    with pytest.raises(NamesSomebody):
        release(case_id, 1, *hidden)
    assert PublicWords.objects.get().shown is None
    assert CaseEvent.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 5001])
def test_no_reason_no_withholding(reason: str) -> None:
    case_id = make_case().held.id

    with pytest.raises(Missing):
        withhold(case_id, reason=reason)

    assert head() == (False, True)


def test_a_tip_and_a_higher_level_are_never_released() -> None:
    tip = make_case(matter="tip").held.id
    high = make_case().held.id
    Case.objects.filter(pk=high).update(level=3)

    for case_id in (tip, high):
        with pytest.raises((NeverPublic, NotAllowed)):
            release(case_id)

    assert not PublicWords.objects.filter(released_at__isnull=False).exists()


def test_words_that_are_not_there_cannot_be_released() -> None:
    case_id = make_case().held.id

    with pytest.raises(NothingToRelease):
        release(case_id, 9)
    PublicWords.objects.update(said={}, released_at=None, shown=None)
    with pytest.raises(NothingToRelease):
        release(case_id, 1)


def test_words_of_another_case_are_not_reached() -> None:
    first, second = make_case().held.id, make_case().held.id
    with transaction.atomic():
        done = words.add_words(At(second), "zweite", actor=NOBODY, now=NOON)

    with pytest.raises(NothingToRelease):
        release(first, done.seq)


def test_an_answer_of_the_office_is_released_like_the_rest() -> None:
    case_id = make_case().held.id
    move(case_id, "accept", CLERK)
    done = move(case_id, "answer", CLERK, public={"text": "明天修好"})

    release(case_id, done.seq)
    withhold(case_id, done.seq, "换个说法")

    pieces = queries.pieces_of(Case.objects.get())
    assert [(p.seq, p.is_by_reporter, p.shown) for p in pieces] == [
        (1, True, None),
        (done.seq, False, None),
    ]
    assert not PublicWords.objects.filter(said__text="换个说法").exists()
    assert faults() == []


def test_the_queue_shows_the_oldest_first_and_only_what_is_mine() -> None:
    make_case("441900006001")
    make_case(matter="tip")
    late = make_case(now=NOON - timedelta(days=5), said="旧的").held.number
    new = make_case(said="新的").held.number

    found = queries.queue(READER).items

    assert [row.number for row in found] == [late, new]
    assert found[0].due_at < NOON < found[1].due_at
    assert queries.queue(NOBODY).items == []
    assert queries.count_waiting(READER, NOON.date()) == 2
    with pytest.raises(NotFound):
        queries.get_for_release(STRANGER, new)


def test_numbers_are_offered_to_be_blacked_out() -> None:
    make_case(said="打 13800138000")

    (piece,) = queries.pieces_of(Case.objects.get())

    assert piece.names == ["13800138000"]


def post(actor: Actor, number: str, **data: object) -> object:
    from uuid import uuid4

    return client_of(actor).post(f"/zh-hans/release/{number}/", {"key": str(uuid4()), **data})


def test_the_page_releases_withholds_and_previews() -> None:
    opened = make_case(said="王小明家的灯，打 13800138000")
    number = opened.held.number
    page = client_of(READER).get(f"/zh-hans/release/{number}/").content.decode()
    assert "13800138000" in page
    assert client_of(READER).get("/zh-hans/release/").content.decode().count(number) > 0

    answer = post(READER, number, seq=1, hidden="王小明\n", move="release")
    assert answer.status_code == 422
    assert PublicWords.objects.get().shown is None
    answer = post(READER, number, seq=1, hidden="王小明\n13800138000", move="preview")
    assert "███家的灯，打 ███" in answer.content.decode()
    assert PublicWords.objects.get().shown is None
    answer = post(READER, number, seq=1, hidden="王小明\n13800138000", move="release")

    assert answer.status_code == 303
    assert PublicWords.objects.get().shown == "███家的灯，打 ███"
    answer = post(READER, number, seq=1, reason="", move="withhold")
    assert answer.status_code == 422
    answer = post(READER, number, seq=1, reason="还有别的人", move="withhold")
    assert answer.status_code == 303
    assert PublicWords.objects.get(event__seq=1).shown is None
    assert faults() == []


def test_the_page_stays_with_a_case_until_the_answer_of_the_office_is_decided_too() -> None:
    case_id = make_case().held.id
    move(case_id, "accept", CLERK)
    done = move(case_id, "answer", CLERK, public={"text": "明天修好"})
    number, other = Case.objects.get().number, make_case(said="别的").held.number

    first = post(READER, number, seq=1, hidden="", move="release")
    second = post(READER, number, seq=done.seq, hidden="", move="release")

    assert first["Location"].endswith(f"/release/{number}/")
    assert second["Location"].endswith(f"/release/{other}/")
    assert [piece.is_undecided for piece in queries.pieces_of(Case.objects.get(pk=case_id))] == [
        False, False,
    ]  # fmt: skip


def test_the_page_is_not_there_for_others() -> None:
    number = make_case().held.number

    for actor in (CLERK, STRANGER):
        assert client_of(actor).get(f"/zh-hans/release/{number}/").status_code == 404
        assert post(actor, number, seq=1, move="release").status_code == 404
    assert client_of(CLERK).get("/zh-hans/release/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told() -> None:
    case_id = make_case().held.id

    came = at_once(lambda: release(case_id), lambda: release(case_id))

    assert sorted(came) == ["", "already_decided"]
    assert CaseEvent.objects.filter(move="release").count() == 1
    assert faults() == []
