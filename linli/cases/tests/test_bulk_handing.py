"""Several cases handed on at once: each refused one is named, the others go together, and come back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from linli.access.testing import make_right
from linli.cases import permits
from linli.cases.models import Assignment, Case, CaseClock, CaseEvent
from linli.cases.queries.candidates import candidates, org_of_post, others_for
from linli.cases.services import assigning
from linli.cases.services.bulk import move_many, preview_move
from linli.cases.testing import NOON, clerk_of, faults, make_case, move
from linli.cases.tests.offices import SECOND, TOWN, VILLAGE, post_at
from linli.cases.types.acting import Typed
from linli.cases.types.moves import At, To
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import Actor
from linli.kernel.testing import client_of, make_actor, post_json
from linli.orgs.models import Post
from linli.runtime.testing import at_once

pytestmark = pytest.mark.django_db
CLERK = replace(clerk_of(), posts=frozenset({30}))
READER = make_actor("reader", permits.SEE, at=VILLAGE)
STRANGER = clerk_of("441900/441900006/")
BULK = "/en/desk/cases/bulk"
API = "/api/v1/cases/bulk"


def page(actor: Actor = CLERK, **given: Any) -> Any:
    return client_of(actor).post(BULK, {"key": str(uuid4()), **given})


def api(move: str, actor: Actor = CLERK, **given: Any) -> Any:
    return post_json(client_of(actor), f"{API}/{move}", given)


def typed(post: int, role: str = "lead") -> Typed:
    return Typed({"post": post, "org": 9, "role": role, "note": "请看一下"})


def handed(post: int, actor: Actor = CLERK) -> list[str]:
    cases = list(Case.objects.order_by("pk"))
    with transaction.atomic():
        found = move_many(cases, "offer", typed(post), actor=actor, now=NOON)
    return [one.code for one in found]


def three() -> tuple[str, str, str]:
    """A fresh case, one that is offered to somebody, and one that is over."""
    fresh, offered, over = (make_case().held for _ in range(3))
    with transaction.atomic():
        assigning.offer(At(offered.id), To("lead", 9, 31), actor=CLERK, now=NOON)
    move(over.id, "refuse", CLERK, public={"text": "nach Regel"}, facts={"basis": 1})
    return fresh.number, offered.number, over.number


def test_those_that_can_go_go_and_the_others_stay_whole_with_the_reason_beside_them() -> None:
    three()
    about = make_case(about_post_id=32).held
    before = CaseEvent.objects.count()

    tried = preview_move(
        list(Case.objects.order_by("pk")), "offer", typed(32), actor=CLERK, now=NOON
    )
    assert CaseEvent.objects.count() == before
    came = handed(32)

    assert came == ["", "already_offered", "case_closed", "not_for_this_post"]
    assert [one.code for one in tried] == came
    assert CaseEvent.objects.count() == before + 1
    assert not Assignment.objects.filter(case_id=about.id).exists()
    assert CaseClock.objects.filter(key="take/1", state="running").count() == 2
    assert faults() == []


def test_a_case_that_is_over_is_handed_to_nobody() -> None:
    case_id = make_case().held.id
    move(case_id, "accept", CLERK)
    move(case_id, "refer", CLERK, public={"text": "另一个单位"}, internal={"reason": "x"})

    assert handed(32) == ["case_closed"]
    assert not Assignment.objects.exists()
    assert faults() == []


@pytest.mark.parametrize("actor", [READER, STRANGER], ids=lambda a: a.label)
def test_whoever_may_not_hand_one_on_hands_none_on(actor: Actor) -> None:
    make_case()
    make_case()

    assert handed(32, actor) == ["not_allowed", "not_allowed"]

    assert not Assignment.objects.exists()


def test_what_moved_since_it_was_read_stays_as_it_is() -> None:
    first, second = make_case().held, make_case().held
    cases = list(Case.objects.order_by("pk"))
    move(first.id, "accept", CLERK)

    with transaction.atomic():
        found = move_many(cases, "offer", typed(32), actor=CLERK, now=NOON)

    assert [one.code for one in found] == ["moved_meanwhile", ""]
    assert Assignment.objects.get().case_id == second.id
    assert faults() == []


def test_open_offers_are_taken_back_together_with_a_reason() -> None:
    make_case()
    make_case()
    handed(32)
    cases = list(Case.objects.order_by("pk"))
    with transaction.atomic():
        actor = replace(clerk_of(label="water"), posts=frozenset({32}))
        assigning.accept(At(cases[0].pk), 1, actor=actor, now=NOON)
    cases = list(Case.objects.order_by("pk"))

    with pytest.raises(Invalid), transaction.atomic():
        move_many(cases, "revoke", Typed({"reason": " "}), actor=CLERK, now=NOON)
    with transaction.atomic():
        found = move_many(cases, "revoke", Typed({"reason": "弄错了"}), actor=CLERK, now=NOON)

    assert [one.code for one in found] == ["nothing_offered", ""]
    assert list(Assignment.objects.order_by("case").values_list("state", flat=True)) == [
        "accepted", "revoked",
    ]  # fmt: skip
    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_hand_the_same_cases_on_at_once_one_is_told() -> None:
    make_case()
    make_case()
    came: list[list[str]] = []

    at_once(lambda: came.append(handed(32)), lambda: came.append(handed(33)))

    done, told = sorted(came)
    assert done == ["", ""]
    # whoever came second is told of the offer, or that the case moved since it was read
    assert set(told) <= {"already_offered", "moved_meanwhile"} and len(told) == 2
    assert Assignment.objects.count() == 2
    assert len(set(Assignment.objects.values_list("post_id", flat=True))) == 1
    assert faults() == []


def test_the_page_asks_for_the_post_shows_what_would_come_does_it_and_takes_it_back() -> None:
    post = post_at(VILLAGE)
    first, second = make_case().held, make_case().held
    with transaction.atomic():
        assigning.offer(At(second.id), To("lead", 9, 31), actor=CLERK, now=NOON)
    picks = [first.number, second.number]

    assert "Hand on" in page(pick=picks).content.decode()
    asked = page(pick=picks, move="offer").content.decode()
    assert f'name="post" value="{post}"' in asked
    assert page(pick=picks, move="offer", asked="1", role="lead").status_code == 422
    given = {"pick": picks, "move": "offer", "asked": "1", "role": "lead", "post": post}
    tried = page(**given, note="先看现场").content.decode()
    assert "1 case will make this step" in tried
    assert "This is offered to a post already" in tried
    assert Assignment.objects.count() == 1
    seen = [f"{first.number}@1", f"{second.number}@2"]
    done = page(**given, note="先看现场", sure="1", seen=seen).content.decode()

    assert second.number in done and 'name="move" value="revoke"' in done
    assert Assignment.objects.get(case_id=first.id).post_id == post
    back = page(pick=[first.number], move="revoke").content.decode()
    assert "Why?" in back
    page(pick=[first.number], move="revoke", asked="1", reason="弄错了", sure="1",
         seen=[f"{first.number}@2"])  # fmt: skip
    assert Assignment.objects.get(case_id=first.id).state == "revoked"
    assert faults() == []


def test_the_page_finds_posts_by_words_and_keeps_the_cases() -> None:
    post = post_at(TOWN)
    Post.objects.filter(pk=post).update(title="水务专员")
    number = make_case().held.number

    html = page(pick=[number], move="offer", step="find", q="水务", asked="1").content.decode()

    assert f'name="post" value="{post}"' in html
    assert f'name="pick" value="{number}"' in html


def test_the_api_tries_does_and_names_each_refusal() -> None:
    post = post_at(VILLAGE)
    first, second = make_case().held.number, make_case().held.number
    cases = [{"number": first, "expected_seq": 1}, {"number": second, "expected_seq": 9},
             {"number": "JB-2026-9999"}]  # fmt: skip

    tried = api("offer", cases=cases, post=post, is_tried=True).json()
    assert (tried["done"], Assignment.objects.count()) == (1, 0)
    done = api("offer", cases=cases, post=post).json()

    assert [(one["number"], one["code"]) for one in done["cases"]] == [
        (first, ""), (second, "moved_meanwhile"), ("JB-2026-9999", "not_found"),
    ]  # fmt: skip
    assert done["done"] == 1 and done["cases"][1]["refusal"]
    assert Assignment.objects.get().case.number == first
    assert faults() == []


@pytest.mark.parametrize(
    ("move", "given", "status"),
    [
        ("offer", {}, 422),
        ("offer", {"post": 987654}, 404),
        ("merge", {}, 404),
        ("finish", {}, 404),
        ("nothing", {}, 404),
        ("revoke", {}, 422),
        ("offer", {"cases": []}, 422),
        ("offer", {"cases": [{"number": "x"}] * 201}, 422),
    ],
)
def test_the_api_refuses_what_is_no_step_for_many(move: str, given: Any, status: int) -> None:
    number = make_case().held.number

    answer = api(move, **{"cases": [{"number": number}], **given})

    assert answer.status_code == status
    assert CaseEvent.objects.count() == 1


def test_the_api_is_not_there_for_who_sees_no_cases() -> None:
    number = make_case().held.number

    assert api("accept", STRANGER, cases=[{"number": number}]).status_code == 404
    assert api("accept", make_actor("nobody"), cases=[{"number": number}]).status_code == 404
    assert api("accept", READER, cases=[{"number": number}]).json()["done"] == 0
    assert Case.objects.get().state == "filed"


def hidden_post(path: str = TOWN, *, may: bool = True, title: str = "水务专员") -> int:
    """A post that is not public, with the rights to see and to handle cases, or without."""
    post = post_at(path)
    Post.objects.filter(pk=post).update(is_public=False, title=title)
    if may:
        for permit in (permits.SEE, permits.HANDLE):
            make_right(permit=permit.name, path=path, post_id=post)
    return post


def test_all_posts_of_the_town_that_may_take_a_case_can_be_chosen_without_their_names() -> None:
    able, unable = hidden_post(), hidden_post(may=False)
    beside = hidden_post(SECOND)
    case = Case.objects.get(pk=make_case().held.id)

    found = {one.post_id: one for one in candidates(CLERK, [case], "", NOON.date())}

    assert able in found and not {unable, beside} & set(found)
    assert found[able].holder == ""
    assert [one.post_id for one in candidates(CLERK, [case], "水务", NOON.date())] == [able]
    assert org_of_post(CLERK, [case], able, NOON.date()) == found[able].org_id
    for post in (unable, beside):
        with pytest.raises(NotFound):
            org_of_post(CLERK, [case], post, NOON.date())


def test_a_post_that_cases_of_several_villages_go_to_is_one_of_what_they_have_in_common() -> None:
    town, village = hidden_post(TOWN), hidden_post(VILLAGE)
    make_case()
    make_case("441900005002")

    found = [one.post_id for one in candidates(CLERK, list(Case.objects.all()), "", NOON.date())]

    assert town in found and village not in found


def test_a_case_is_not_offered_to_the_post_that_leads_it_already() -> None:
    able, other = hidden_post(), hidden_post(title="道路专员")
    led, beside = (Case.objects.get(pk=make_case().held.id) for _ in range(2))
    with transaction.atomic():
        assigning.offer(At(led.pk), To("lead", 9, able), actor=CLERK, now=NOON)
    assigning.accept(At(led.pk), 1, actor=replace(clerk_of(), posts=frozenset({able})), now=NOON)

    def offered(*cases: Case) -> set[int]:
        found = others_for(CLERK, list(cases), "", NOON.date())
        return {one.post_id for one in found} & {able, other}

    assert offered(led) == {other}
    assert offered(beside) == {able, other}
    assert offered(led, beside) == {able, other}, "it is not with all of them"
