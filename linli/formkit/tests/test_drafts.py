"""What is typed: kept sealed, found by its owner, gone after its time; files and sealed answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.files import services as file_services
from linli.files.models import StoredFile
from linli.files.testing import BytesUpload, photo
from linli.files.types import PHOTO, Owner
from linli.formkit import queries, services
from linli.formkit.errors import SavedMeanwhile, TooMuchTyped
from linli.formkit.models import FormDraft
from linli.formkit.services import Sent
from linli.formkit.testing import make_published
from linli.kernel.errors import NotFound
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.sealing import SealBroken
from linli.kernel.testing import OTHER_TOWN, VILLAGE, make_actor

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
STRANGER = make_actor("stranger", account_id=77)
ELSEWHERE = make_actor("elsewhere", account_id=78, at=OTHER_TOWN)
ANNE = make_actor("anne", account_id=5)
PURPOSE = "test"
pytestmark = pytest.mark.django_db


def begin(actor: Actor = NOBODY, **more: Any) -> queries.OpenDraft:
    version = make_published(now=NOON)
    return services.start_draft(version, purpose=PURPOSE, actor=actor, now=NOON, **more)


def test_what_is_typed_is_sealed_and_found_by_its_code_alone(home: Any) -> None:
    kept = begin()
    sent = Sent("you", "next", {"name": ["麦润根"], "phone": ["138"]})
    step = services.take_step(kept, sent, actor=NOBODY, now=NOON)

    row = FormDraft.objects.get()
    assert "麦润根".encode() not in bytes(row.body_sealed)
    assert kept.body.code not in str(vars(row))
    assert (step.page, step.has_faults) == ("you", True)
    again = queries.get_draft(NOBODY, kept.body.code.lower(), now=NOON, purpose=PURPOSE)
    assert again.body.typed["phone"] == ["138"]
    for wrong in ("", "X" * 16, "x" * 10_000):
        with pytest.raises(NotFound):
            queries.get_draft(NOBODY, wrong, now=NOON, purpose=PURPOSE)
    with pytest.raises(NotFound):
        queries.get_draft(NOBODY, kept.body.code, now=NOON, purpose="another")


def test_a_draft_of_an_account_is_hers_alone_and_offered_to_her_again(home: Any) -> None:
    kept = begin(ANNE)

    for other in (NOBODY, STRANGER):
        with pytest.raises(NotFound):
            queries.get_draft(other, kept.body.code, now=NOON, purpose=PURPOSE)
        assert queries.drafts_of(other, "fire-check", now=NOON, purpose=PURPOSE) == []
    offered = queries.drafts_of(ANNE, "fire-check", now=NOON, purpose=PURPOSE)
    assert [one.body.code for one in offered] == [kept.body.code]
    with pytest.raises(NotFound):
        services.take_over_draft(kept, actor=STRANGER, now=NOON)


def test_a_draft_begun_without_signing_in_becomes_the_accounts_own(home: Any) -> None:
    kept = begin()
    services.take_over_draft(kept, actor=ANNE, now=NOON)

    with pytest.raises(NotFound):
        queries.get_draft(NOBODY, kept.body.code, now=NOON, purpose=PURPOSE)
    assert queries.get_draft(ANNE, kept.body.code, now=NOON, purpose=PURPOSE)


def test_drafts_go_after_seven_days_with_their_files(home: Any) -> None:
    kept = begin()
    sent = Sent("risk", "stay", {}, {"photos": [BytesUpload(photo(), "a.jpg")]})
    services.take_step(kept, sent, actor=NOBODY, now=NOON)
    later = NOON + timedelta(days=7)

    assert services.drop_due(actor=NOBODY, now=later - timedelta(seconds=1)) == 0
    with pytest.raises(NotFound):
        queries.get_draft(NOBODY, kept.body.code, now=later, purpose=PURPOSE)
    assert services.drop_due(actor=NOBODY, now=later) == 1
    assert not FormDraft.objects.exists()
    assert StoredFile.objects.get().state == "erased"


def test_photos_stay_as_long_as_the_draft_goes_on(home: Any) -> None:
    kept = begin()
    sent = Sent("risk", "stay", {}, {"photos": [BytesUpload(photo(), "a.jpg")]})
    services.take_step(kept, sent, actor=NOBODY, now=NOON)
    for week in range(1, 4):
        at = NOON + timedelta(days=6 * week)
        services.take_step(kept, Sent("you", "stay", {"name": ["one"]}), actor=NOBODY, now=at)

    assert file_services.erase_due(actor=NOBODY, now=at, limit=99) == 0
    assert StoredFile.objects.get().state == "kept"
    assert services.drop_due(actor=NOBODY, now=at + timedelta(days=7)) == 1
    assert StoredFile.objects.get().state == "erased"


def test_a_new_signature_takes_the_place_of_the_old_one_only_once_it_is_in(home: Any) -> None:
    kept = begin()

    def sign(content: bytes) -> queries.Body:
        sent = Sent(
            "you", "stay", {"sign-way": ["photo"]}, {"sign": [BytesUpload(content, "s.jpg")]}
        )
        return services.take_step(kept, sent, actor=NOBODY, now=NOON).draft.body

    first = sign(photo()).files["sign"]
    refused = sign(b"<html>")
    assert refused.files["sign"] == first and refused.notes["sign"]
    second = sign(photo(80, 60)).files["sign"]
    assert len(second) == 1 and second != first
    states = dict(StoredFile.objects.values_list("code", "state"))
    assert states == {first[0]: "erased", second[0]: "kept"}


def test_a_file_taken_out_twice_does_not_undo_what_was_typed_with_it(home: Any) -> None:
    kept = begin()
    sent = Sent("risk", "stay", {}, {"photos": [BytesUpload(photo(), "a.jpg")]})
    code = services.take_step(kept, sent, actor=NOBODY, now=NOON).draft.body.files["photos"][0]

    for bike in ("none", "inside"):
        step = services.take_step(
            kept, Sent("risk", f"file-:photos:{code}", {"bike": [bike]}), actor=NOBODY, now=NOON
        )

    assert step.draft.body.typed["bike"] == ["inside"]
    assert step.draft.body.files["photos"] == []


def test_what_is_more_than_a_form_can_keep_is_refused_and_the_rest_stays(home: Any) -> None:
    kept = begin()
    services.take_step(kept, Sent("you", "stay", {"name": ["one"]}), actor=NOBODY, now=NOON)

    with pytest.raises(TooMuchTyped, match="1000000"):
        services.take_step(
            kept, Sent("you", "stay", {"name": ["长" * 1_000_000]}), actor=NOBODY, now=NOON
        )
    now = queries.get_draft(NOBODY, kept.body.code, now=NOON, purpose=PURPOSE)
    assert now.body.typed["name"] == ["one"]
    pasted = services.take_step(
        kept,
        Sent("things", "paste:things", {"things-paste": ["甲\n" * 900_000]}),
        actor=NOBODY,
        now=NOON,
    ).draft.body.pasted["things"]
    assert pasted["too_many"] > 0 and pasted["text"] == ""


def test_a_draft_that_is_gone_cannot_be_taken_over(home: Any) -> None:
    kept = begin()
    services.drop_draft(kept, actor=NOBODY, now=NOON)

    with pytest.raises(NotFound):
        services.take_over_draft(kept, actor=ANNE, now=NOON)


def test_steps_of_a_draft_lock_the_draft_alone(home: Any) -> None:
    kept = begin()

    with CaptureQueriesContext(connection) as told:
        services.take_step(kept, Sent("you", "stay", {}), actor=NOBODY, now=NOON)
        services.take_over_draft(kept, actor=ANNE, now=NOON)
    locks = [one["sql"] for one in told.captured_queries if "FOR UPDATE" in one["sql"]]
    assert len(locks) == 2
    assert all(sql.endswith('FOR UPDATE OF "formkit_formdraft"') for sql in locks)


def test_a_late_autosave_brings_nothing_back(home: Any) -> None:
    kept = begin()
    one = Sent("you", "stay", {"name": ["one"]})
    services.take_step(kept, one, actor=NOBODY, now=NOON)

    with pytest.raises(SavedMeanwhile):
        services.take_step(
            kept, Sent("you", "stay", {"name": ["old"]}), actor=NOBODY, now=NOON, edition=1
        )
    now = queries.get_draft(NOBODY, kept.body.code, now=NOON, purpose=PURPOSE)
    assert now.body.typed["name"] == ["one"]


def test_rows_are_added_taken_out_and_pasted(home: Any) -> None:
    kept = begin()
    rows = {"things-0": ["1"], "things-0-name": ["灭火器"], "things-0-count": ["2"],
            "things-1": ["1"], "things-1-name": ["烟感"], "things-1-count": ["x"]}  # fmt: skip

    def step(move: str, **typed: list[str]) -> queries.Body:
        sent = Sent("things", move, {**rows, **{k.replace("__", "-"): v for k, v in typed.items()}})
        return services.take_step(kept, sent, actor=NOBODY, now=NOON).draft.body

    assert step("row+:things").blanks == {"things": 1}
    assert step("row-:things:0").typed == {
        "things-0": ["1"],
        "things-0-name": ["烟感"],
        "things-0-count": ["x"],
    }
    body = step("paste:things", things__paste=["面罩\t4\t60\n"])
    assert body.typed["things-2-name"] == ["面罩"]
    assert body.pasted["things"]["count"] == 1
    rows |= {"things-2": ["1"], "things-2-name": ["面罩"]}
    assert "things-2" not in step("unpaste:things").typed
    full = step("paste:things", things__paste=["\n".join(f"n{n}\t1" for n in range(10_000))])
    assert full.pasted["things"]["too_many"] == 10_003 - 12
    assert "n9999" in full.pasted["things"]["text"]
    assert "things-3" not in full.typed


def test_prefilled_answers_are_there_to_be_corrected(home: Any) -> None:
    kept = begin(prefill={"name": "叶少芬", "phone": "+8613800001234", "people": 3, "nonsense": 1})

    assert kept.body.typed == {"name": ["叶少芬"], "phone": ["+8613800001234"], "people": ["3"]}
    assert kept.body.known == ["name", "phone", "people"]


def test_a_file_that_cannot_be_taken_is_told_and_what_was_typed_stays(home: Any) -> None:
    kept = begin()
    uploads = [BytesUpload(b"<html>", "a.jpg"), BytesUpload(photo(), "b.jpg")]
    sent = Sent("risk", "next", {"bike": ["none"]}, {"photos": uploads, "people": uploads})

    step = services.take_step(kept, sent, actor=NOBODY, now=NOON)

    assert step.has_faults
    assert len(step.draft.body.files["photos"]) == 1
    assert len(step.draft.body.notes["photos"]) == 1
    assert step.draft.body.typed == {"bike": ["none"]}


def test_files_hang_on_what_came_of_the_form_and_nobody_elses_can_be_taken(home: Any) -> None:
    kept = begin()
    sent = Sent("risk", "stay", {}, {"photos": [BytesUpload(photo(), "a.jpg")]})
    body = services.take_step(kept, sent, actor=NOBODY, now=NOON).draft.body
    answers = queries.read_answers(
        kept.version, body.typed, body.files, today=NOON.date(), only=()
    ).answers
    assert answers is not None

    with pytest.raises(NotFound):
        services.drop_file(kept, "photos", body.files["photos"][0], actor=NOBODY, now=NOON)
    other = services.start_draft(kept.version, purpose=PURPOSE, actor=NOBODY, now=NOON)
    owner, rest = (
        Owner("test.thing", 1),
        {"place": VILLAGE, "policy": PHOTO, "actor": NOBODY, "now": NOON},
    )
    with pytest.raises(NotFound):
        services.adopt_files(other, answers, owner=owner, **rest)
    assert len(services.adopt_files(kept, answers, owner=owner, **rest)) == 1
    services.drop_draft(kept, actor=NOBODY, now=NOON)
    assert StoredFile.objects.get().owner_kind == "test.thing"
    assert StoredFile.objects.get().state == "kept"


def test_sealed_answers_open_in_their_own_row_only(home: Any) -> None:
    typed = {"name": ["叶"], "phone": ["13800001234"]}
    answers = queries.read_answers(
        make_published(now=NOON), typed, {}, today=NOON.date(), only=()
    ).answers
    assert answers is not None
    place = {"table": "cases_case", "column": "answers_sealed", "actor": NOBODY}

    sealed = services.seal_answers(answers, row=7, **place)

    assert sealed is not None
    assert b"13800001234" not in sealed
    assert services.open_answers(sealed, row=7, **place) == {"phone": "+8613800001234"}
    with pytest.raises(SealBroken):
        services.open_answers(sealed, row=8, **place)
