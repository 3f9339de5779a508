"""Somebody leaves a post: rights last until the three signatures, then the post falls to others."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from linli.documents.models import Document
from linli.kernel.errors import Invalid, NotAllowed, WrongState
from linli.kernel.events import subscribe
from linli.kernel.permits import NOBODY
from linli.kernel.testing import CITY, OTHER_TOWN, TOWN, client_of, make_actor
from linli.orgs import desk, permits, queries, services
from linli.orgs.errors import HandoverOpen, HoldingOver
from linli.orgs.events import HandoverWithdrawn, HoldingEnded
from linli.orgs.models import Handover, PostHolding
from linli.orgs.services import Leaving
from linli.orgs.testing import (
    NOON,
    TODAY,
    make_holding,
    make_organisation,
    make_party,
    make_post,
    place_at,
)
from linli.orgs.types import EndReason

APPOINTER = make_actor("organisation office", permits.APPOINT, at=TOWN)
FAR = make_actor("far", permits.APPOINT, at=OTHER_TOWN)
LEAVING = Leaving(
    EndReason.TERM_OVER,
    "叶少芬",
    "李某某",
    ({"kind": "印章", "text": "公章", "count": "1"},),
    "一件未结",
)


@pytest.mark.django_db
def test_the_sheet_is_a_numbered_paper_and_rights_last_until_it_is_signed() -> None:
    holding = make_holding()

    handover = services.end_holding(holding, LEAVING, actor=APPOINTER, now=NOON)

    paper = Document.objects.get(pk=handover.document_id)
    assert paper.number == handover.document_number
    assert paper.about_kind == "orgs.handover"
    holding.refresh_from_db()
    assert holding.until is None
    assert queries.acting_holder(holding.post_id, TODAY).holding.holding_id == holding.pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("receiver", "watcher", "field"),
    [
        ("何 伟明", "李某某", "receiver_name"),
        ("叶少芬", "何伟明", "watcher_name"),
        ("叶少芬", "叶 少芬", "watcher_name"),
    ],
)
def test_nobody_hands_over_to_herself_or_signs_twice(
    receiver: str, watcher: str, field: str
) -> None:
    """Basis: VE-71, RC-21: three sign."""
    holding = make_holding()
    leaving = replace(LEAVING, receiver_name=receiver, watcher_name=watcher)
    body = {
        "reason": "term_over", "receiver_name": receiver, "watcher_name": watcher,
        "items": "印章，公章，1",
    }  # fmt: skip

    with pytest.raises(Invalid) as refused:
        services.end_holding(holding, leaving, actor=APPOINTER, now=NOON)
    page = client_of(APPOINTER).post(
        f"/zh-hans/holdings/{holding.pk}/end/", {**body, "key": "one-key"}
    )

    assert list(refused.value.fields) == [field] and page.status_code == 422
    assert not Handover.objects.exists() and not Document.objects.exists()


@pytest.mark.django_db
def test_the_page_of_the_post_shows_the_sheet_that_waits_to_who_records_holders() -> None:
    holding = make_holding()
    keeps = make_actor("office", permits.APPOINT, permits.STAFF_LIST, at=TOWN)
    sees = make_actor("auditor", permits.STAFF_LIST, at=TOWN)
    handover = services.end_holding(holding, LEAVING, actor=APPOINTER, now=NOON)
    page, api = f"/zh-hans/posts/{holding.post_id}/", f"/api/v1/posts/{holding.post_id}/"

    shown = client_of(keeps).get(page).content.decode()
    hidden = client_of(sees).get(page).content.decode()

    assert "工作交接单待签字" in shown and f"/handovers/{handover.pk}/" in shown
    assert f"/holdings/{holding.pk}/end/" not in shown
    assert "工作交接单待签字" not in hidden
    told = [client_of(one).get(api).json()["holdings"][0]["handover"] for one in (keeps, sees)]
    assert told == [handover.pk, None]


@pytest.mark.django_db
def test_signing_ends_the_holding_and_tells_of_it() -> None:
    heard: list[HoldingEnded] = []
    subscribe(HoldingEnded, heard.append)
    holding = make_holding(account_id=9)
    handover = services.end_holding(holding, LEAVING, actor=APPOINTER, now=NOON)

    services.sign_handover(handover, signed_on=TODAY, actor=APPOINTER, now=NOON)

    holding.refresh_from_db()
    assert (holding.until, holding.end_reason) == (TODAY, "term_over")
    assert [(e.holding_id, e.account_id, e.until) for e in heard] == [(holding.pk, 9, TODAY)]
    assert queries.holdings_of_account(9, TODAY) == []
    assert queries.holdings_of_account(9, TODAY - timedelta(days=1)) != []


@pytest.mark.django_db
def test_an_elected_committee_hands_over_within_ten_days() -> None:
    """VE-71, RC-21."""
    village = make_holding(make_post(make_organisation("villagers_committee")))
    community = make_holding(make_post(make_organisation("residents_committee")))
    clerk = make_holding(make_post(make_organisation("villagers_committee")), came_by="recruited")

    days = [
        services.end_holding(holding, LEAVING, actor=APPOINTER, now=NOON).due_on
        for holding in (village, community, clerk)
    ]

    assert days == [date(2026, 12, 4), date(2026, 12, 4), None]


@pytest.mark.django_db
def test_a_withdrawn_sheet_leaves_the_holder_in_the_post() -> None:
    holding = make_holding()
    handover = services.end_holding(holding, LEAVING, actor=APPOINTER, now=NOON)

    services.withdraw_handover(handover, note="留任", actor=APPOINTER, now=NOON)

    holding.refresh_from_db()
    assert holding.until is None
    with pytest.raises(WrongState):
        services.sign_handover(handover, signed_on=TODAY, actor=APPOINTER, now=NOON)
    assert services.end_holding(holding, LEAVING, actor=APPOINTER, now=NOON).pk != handover.pk


@pytest.mark.django_db
def test_one_open_sheet_at_a_time() -> None:
    holding = make_holding()
    services.end_holding(holding, LEAVING, actor=APPOINTER, now=NOON)

    with pytest.raises(HandoverOpen):
        services.end_holding(holding, LEAVING, actor=APPOINTER, now=NOON)

    assert Handover.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("actor", [FAR, NOBODY], ids=lambda a: a.label)
def test_who_may_not_record_it_prints_nothing(actor) -> None:  # type: ignore[no-untyped-def]
    holding = make_holding()

    with pytest.raises(NotAllowed):
        services.end_holding(holding, LEAVING, actor=actor, now=NOON)

    assert not Document.objects.exists()


@pytest.mark.django_db
def test_the_sheet_of_a_party_post_is_of_level_six() -> None:
    holding = make_holding(make_post(make_party(place_at()), kind="party_secretary"))
    keeper = make_actor("party", permits.PARTY_KEEP, permits.PARTY, at=TOWN, ceiling=6)

    with pytest.raises(NotAllowed):
        services.end_holding(holding, LEAVING, actor=APPOINTER, now=NOON)
    handover = services.end_holding(holding, LEAVING, actor=keeper, now=NOON)

    assert Document.objects.get(pk=handover.document_id).level == 6


@pytest.mark.django_db
@pytest.mark.parametrize("signed_on", [TODAY + timedelta(days=1), date(2025, 12, 31)])
def test_a_sheet_is_not_signed_in_the_future_or_before_the_post_was_taken(signed_on: date) -> None:
    handover = services.end_holding(make_holding(), LEAVING, actor=APPOINTER, now=NOON)

    with pytest.raises(Invalid):
        services.sign_handover(handover, signed_on=signed_on, actor=APPOINTER, now=NOON)

    handover.refresh_from_db()
    assert handover.state == "printed"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reason", "ends"),
    [(EndReason.DIED, True), (EndReason.RECALLED, True), (EndReason.RESIGNED, False)],
)
def test_without_a_sheet_only_where_nobody_can_sign(reason: EndReason, ends: bool) -> None:
    holding = make_holding()
    with contextlib.suppress(Invalid):
        services.end_at_once(holding, reason=reason, on=TODAY, actor=APPOINTER, now=NOON)

    holding.refresh_from_db()
    assert (holding.until == TODAY) is ends


@pytest.mark.django_db
def test_who_left_cannot_leave_again() -> None:
    holding = make_holding(until=TODAY)

    with pytest.raises(HoldingOver):
        services.end_holding(holding, LEAVING, actor=APPOINTER, now=NOON)


@pytest.mark.django_db
def test_open_sheets_are_on_the_desk_of_those_who_record_them() -> None:
    services.end_holding(make_holding(), LEAVING, actor=APPOINTER, now=NOON)

    assert queries.open_handovers(APPOINTER).count() == 1
    assert queries.open_handovers(FAR).count() == 0
    assert queries.open_handovers(NOBODY).count() == 0


@pytest.mark.django_db
def test_a_village_s_sheet_is_on_the_desks_of_the_village_and_its_town_but_not_of_the_city() -> (
    None
):
    place = make_holding().path
    services.end_holding(PostHolding.objects.get(), LEAVING, actor=APPOINTER, now=NOON)
    city = make_actor("city", permits.APPOINT, at=CITY)
    village = make_actor("village", permits.APPOINT, at=place)

    assert place.count("/") == 3
    assert [len(desk.due(who, TODAY, 9)) for who in (village, APPOINTER, city, FAR)] == [1, 1, 0, 0]
    assert queries.open_handovers(city).count() == 1


@pytest.mark.django_db
def test_a_post_left_vacant_falls_to_its_deputy_then_to_the_post_above() -> None:
    committee, working = make_organisation(), make_organisation("party_working_committee")
    secretary = make_post(working, kind="party_secretary")
    vice = make_post(committee, kind="committee_vice_chair", seats=None)
    chair = make_post(committee, above_id=secretary.pk, deputy_id=vice.pk)
    make_holding(chair, until=date(2026, 11, 1))
    at_secretary = make_holding(secretary, name="卢建邦")
    assert queries.acting_holder(chair.pk, TODAY).by_post_id == secretary.pk
    assert queries.posts_fallen_to([secretary.pk], TODAY) == [chair.pk]

    at_vice = make_holding(vice, name="叶少芬")

    acting = queries.acting_holder(chair.pk, TODAY)
    assert acting.holding.holding_id == at_vice.pk
    assert acting.is_stand_in
    assert queries.posts_fallen_to([secretary.pk], TODAY) == []
    assert queries.posts_fallen_to([vice.pk], TODAY) == [chair.pk]
    assert queries.posts_fallen_to([at_secretary.post_id, vice.pk], TODAY) == [chair.pk]


@pytest.mark.django_db
def test_a_post_that_nobody_ever_held_falls_to_nobody() -> None:
    above = make_post()
    make_holding(above)
    make_post(above.organisation, kind="committee_vice_chair", above_id=above.pk)

    assert queries.posts_fallen_to([above.pk], TODAY) == []


@pytest.mark.django_db
def test_acting_holders_of_many_posts_cost_two_queries(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    above = make_post()
    make_holding(above)
    below = [make_post(above.organisation, above_id=above.pk).pk for _ in range(8)]

    with django_assert_num_queries(2):
        acting = queries.acting_holders(below, TODAY)

    assert {a.by_post_id for a in acting.values()} == {above.pk}
    assert len(acting) == 8


def state_of(handover: Handover) -> str:
    return Document.objects.get(pk=handover.document_id).state


@pytest.mark.django_db
def test_a_sheet_that_was_withdrawn_is_no_valid_paper_and_the_holder_is_told() -> None:
    heard: list[HandoverWithdrawn] = []
    subscribe(HandoverWithdrawn, heard.append)
    holding = make_holding(account_id=9)
    handover = services.end_holding(holding, LEAVING, actor=APPOINTER, now=NOON)
    code = handover.document_code
    assert "现行有效" in Client().get(f"/zh-hans/check/{code}/").content.decode()

    for wrong in (FAR, NOBODY):
        with pytest.raises(NotAllowed):
            services.withdraw_handover(handover, note="他留下", actor=wrong, now=NOON)
    with pytest.raises(Invalid):
        services.withdraw_handover(handover, note=" ", actor=APPOINTER, now=NOON)
    assert (state_of(handover), heard) == ("issued", [])

    services.withdraw_handover(handover, note="何伟明说他留下", actor=APPOINTER, now=NOON)

    paper = Document.objects.get(pk=handover.document_id)
    assert (paper.state, paper.withdrawn_by) == ("withdrawn", "organisation office")
    shown = Client().get(f"/zh-hans/check/{code}/").content.decode()
    assert "原任职人继续任职" in shown
    assert "何伟明" not in shown
    assert [(one.handover_id, one.account_id) for one in heard] == [(handover.pk, 9)]
    second = services.end_holding(holding, LEAVING, actor=APPOINTER, now=NOON)
    assert state_of(second) == "issued"


@pytest.mark.django_db
def test_a_sheet_goes_with_a_holding_that_ends_at_once() -> None:
    holding = make_holding()
    handover = services.end_holding(holding, LEAVING, actor=APPOINTER, now=NOON)

    services.end_at_once(holding, reason=EndReason.DIED, on=TODAY, actor=APPOINTER, now=NOON)

    handover.refresh_from_db()
    assert (handover.state, state_of(handover)) == ("withdrawn", "withdrawn")


@pytest.mark.django_db
def test_a_paper_withdrawn_by_hand_hinders_no_withdrawal_of_its_sheet() -> None:
    holding = make_holding()
    handover = services.end_holding(holding, LEAVING, actor=APPOINTER, now=NOON)
    Document.objects.filter(pk=handover.document_id).update(
        state="withdrawn", withdrawn_at=NOON, withdrawn_reason="误印"
    )

    services.withdraw_handover(handover, note="他留下", actor=APPOINTER, now=NOON)

    assert Document.objects.get(pk=handover.document_id).withdrawn_reason == "误印"


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["end", "end-at-once"])
def test_why_somebody_leaves_is_chosen_and_never_stands_there_already(way: str) -> None:
    holding = make_holding()
    address = f"/en/holdings/{holding.pk}/{way}/"
    filled = {"on": TODAY, "receiver_name": "叶少芬", "watcher_name": "李某某", "items": "印章"}

    page = client_of(APPOINTER).get(address).content.decode()
    got = client_of(APPOINTER).post(address, {**filled, "reason": "", "key": "1"})

    assert '<option value="" selected>Choose</option>' in page
    assert (got.status_code, Handover.objects.count()) == (422, 0)
    holding.refresh_from_db()
    assert (holding.until, holding.end_reason) == (None, "")


@pytest.mark.django_db
def test_whoever_prints_a_sheet_reads_what_follows_until_the_post_is_left() -> None:
    page = client_of(APPOINTER).get(f"/en/holdings/{make_holding().pk}/end/").content.decode()

    assert page.index("Signed by all three") < page.index("Rights ended")
    assert "with that the post is left" in page


@pytest.mark.django_db
def test_whoever_comes_back_to_record_a_leaving_finds_the_sheet_that_waits() -> None:
    holding = make_holding()
    sheet = services.end_holding(holding, LEAVING, actor=APPOINTER, now=NOON)
    browser = client_of(APPOINTER)

    got = browser.get(f"/en/holdings/{holding.pk}/end/")

    assert (got.status_code, got["Location"]) == (302, f"/en/handovers/{sheet.pk}/")
    assert "All three have signed" in browser.get(got["Location"]).content.decode()


@pytest.mark.django_db
def test_nobody_stands_as_elected_whom_nobody_said_to_be_elected() -> None:
    post = make_post()
    address = f"/en/posts/{post.pk}/appoint/"
    given = {"holder_name": "叶少芬", "since": TODAY, "came_by": "", "key": "1"}

    page = client_of(APPOINTER).get(address).content.decode()
    got = client_of(APPOINTER).post(address, given)

    assert '<option value="" selected>Choose</option>' in page
    assert (got.status_code, PostHolding.objects.count()) == (422, 0)
