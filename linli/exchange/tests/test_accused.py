"""AP-07: an order that accuses an official, and all that comes of it, keeps away from the accused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linli.cases.models import Case, Category
from linli.cases.testing import NOON
from linli.exchange.models import HandBack, HotlineOrder, OrderList, ResultFile
from linli.exchange.queries.lists import may_see_list
from linli.exchange.services import hand_backs, results, waiting_orders
from linli.exchange.tests.orders import HEADS, TOWN, VILLAGE, as_csv, hotline_clerk, order, taken
from linli.kernel.errors import NotFound
from linli.kernel.permits import ACCUSATION, Actor
from linli.kernel.testing import client_of, post_json
from linli.orgs.testing import make_holding, make_organisation, make_post
from linli.places.models import Place
from linli.trail.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
CLERK = hotline_clerk()
ACCUSES = "举报何伟明贪污受贿"
DESK, API = "/zh-hans/hotline", "/api/v1/hotline"


def accused() -> Actor:
    """Return the head of the town, who deals with the hotline as its clerk does, under her own account."""
    town = Place.objects.get(path=TOWN)
    post = make_post(make_organisation("township_government", at=town))
    held = make_holding(post, name="何伟明", account_id=77)
    clerk = hotline_clerk(label="head of the town")
    return replace(clerk, account_id=77, posts=frozenset({held.post_id}))


def test_an_order_that_accuses_waits_for_all_but_the_accused() -> None:
    head = accused()
    taken(as_csv(order(诉求内容=ACCUSES), order(工单编号="DG202608100002", village="")), CLERK)
    one, other = HotlineOrder.objects.order_by("pk")
    found = OrderList.objects.get()
    assert (one.about_post_id, one.fate) == (min(head.posts), "look")

    for path in (f"{DESK}/waiting/", f"{DESK}/", f"{DESK}/lists/{found.pk}/",
                 f"{DESK}/lists/{found.pk}/lines", f"{API}/orders/"):  # fmt: skip
        seen = client_of(CLERK).get(path).content.decode()
        hers = client_of(head).get(path).content.decode()
        assert ACCUSES in seen or one.number in seen, path
        assert ACCUSES not in hers and one.number not in hers, path
    assert client_of(head).get(f"{DESK}/orders/{one.number}/").status_code == 404
    assert client_of(head).get(f"{DESK}/orders/{other.number}/").status_code == 200
    assert may_see_list(CLERK, found.pk) and not may_see_list(head, found.pk)
    went = replace(head, posts=frozenset())
    assert client_of(went).get(f"{API}/orders/{one.number}/").status_code == 404


def test_no_sum_counts_a_row_that_is_hidden_from_the_accused() -> None:
    head = accused()
    taken(as_csv(order(诉求内容=ACCUSES), order(工单编号="DG202608100002", village="")), CLERK)
    found = OrderList.objects.get()

    def sums(actor: Actor) -> dict[str, int]:
        one = client_of(actor).get(f"{API}/lists/{found.pk}/").json()
        listed = client_of(actor).get(f"{API}/lists/").json()["items"][0]
        assert one["counts"] == listed["counts"] and one["taken"] == one["counts"]["rows"]
        counts: dict[str, int] = one["counts"]
        return counts

    assert sums(CLERK) == {"rows": 2, "look": 1, "unclear": 1}
    assert sums(head) == {"rows": 1, "unclear": 1}
    assert client_of(head).get(f"{DESK}/lists/").status_code == 200

    # one that stopped says how many rows were taken before
    OrderList.objects.update(state="running")
    for actor, said in ((CLERK, "2 rows were taken"), (head, "1 rows were taken")):
        page = client_of(actor).get(f"/en/hotline/lists/{found.pk}/").content.decode()
        assert said in page


def test_the_accused_neither_leads_it_away_nor_places_it() -> None:
    head = accused()
    taken(as_csv(order(诉求内容=ACCUSES)), CLERK)
    one = HotlineOrder.objects.get()

    assert post_json(client_of(head), f"{API}/orders/{one.number}/lead-away").status_code == 404
    with pytest.raises(NotFound):
        waiting_orders.lead_away(one, actor=head, now=NOON)
    with pytest.raises(NotFound):
        waiting_orders.place_orders({one.pk: VILLAGE}, actor=head, now=NOON)

    one.refresh_from_db()
    assert one.state == "waiting" and one.row is not None and not Case.objects.exists()


def test_who_led_an_order_away_stands_in_the_trail_under_seal() -> None:
    taken(as_csv(order(诉求内容=ACCUSES)), CLERK)

    waiting_orders.lead_away(HotlineOrder.objects.get(), actor=CLERK, now=NOON)

    entry = Entry.objects.get(verb="exchange.order_led_away")
    assert (entry.account_id, entry.level, entry.path) == (CLERK.account_id, ACCUSATION, TOWN)


def test_an_order_whose_newer_words_accuse_is_kept_from_the_accused_from_then_on() -> None:
    head = accused()
    taken(as_csv(order(village="")), CLERK)
    assert HotlineOrder.objects.get().about_post_id is None

    taken(as_csv(order(village="", 诉求内容=ACCUSES)), CLERK)

    assert HotlineOrder.objects.get().about_post_id == min(head.posts)
    assert client_of(head).get(f"{DESK}/waiting/").content.decode().count("DG202608100001") == 0


@pytest.mark.parametrize(("matter", "is_kept"), [("投诉", True), ("咨询", False)])
def test_a_complaint_by_its_category_about_cadres_is_kept_from_the_post_in_charge(
    matter: str, is_kept: bool
) -> None:
    head = accused()
    cadres = Category.objects.get(code="cadres").title
    row = order(village="", 诉求类型=matter, 诉求内容="态度很差，没有人管", 诉求分类=cadres)

    taken(as_csv(row, heads=(*HEADS, "诉求分类")), CLERK)

    assert (HotlineOrder.objects.get().about_post_id == min(head.posts)) is is_kept
    seen = client_of(head).get(f"{API}/orders/").json()["items"]
    assert len(seen) == (0 if is_kept else 1)


def test_what_was_returned_or_asked_of_a_case_about_her_is_not_for_the_accused() -> None:
    head = accused()
    taken(as_csv(order()), CLERK)
    one = HotlineOrder.objects.get()
    asked = hand_backs.ask_hand_back(one, reason="供水", body="水务", actor=CLERK, now=NOON)
    made = results.write_results(place=TOWN, with_open=True, language="en", actor=CLERK, now=NOON)
    paths = (f"{DESK}/hand-backs/{asked.pk}/", f"{DESK}/results/{made.number}/",
             f"{API}/results/{made.number}/", f"/zh-hans/files/{made.file_code}/")  # fmt: skip
    assert [client_of(head).get(path).status_code for path in paths] == [200] * 4

    Case.objects.update(about_post_id=min(head.posts))

    assert [client_of(head).get(path).status_code for path in paths] == [404] * 4
    assert [client_of(CLERK).get(path).status_code for path in paths] == [200] * 4
    for path in (f"{API}/hand-backs/", f"{API}/results/", f"{API}/orders/"):
        assert client_of(head).get(path).json()["items"] == [], path
        assert len(client_of(CLERK).get(path).json()["items"]) == 1, path
    decide = f"{API}/hand-backs/{asked.pk}/decide"
    assert post_json(client_of(head), decide, {"is_accepted": True}).status_code == 404
    assert HandBack.objects.get().state == "applied" and ResultFile.objects.count() == 1
