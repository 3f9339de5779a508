"""Who chose one post for her session gets no other in its place when it ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from linli.access.testing import make_account, make_holding, make_post, make_right, signed_in
from linli.kernel.testing import post_json

PAGE, API = "/en/access/posts/", "/api/v1/access/"


def end(holding: Any) -> None:
    holding.until, holding.end_reason = localdate() - timedelta(days=1), "resigned"
    holding.save()


@pytest.mark.django_db
def test_a_chosen_post_that_ends_leaves_none_in_its_place_and_every_page_says_so() -> None:
    account = make_account()
    clerk, chair = make_post("clerk", title="文员"), make_post("committee_chair", title="主任")
    holding = make_holding(clerk, account)
    make_holding(chair, account)
    make_right("clerk", post_id=clerk.pk)
    make_right("village_chair", post_id=chair.pk)
    browser = signed_in(account)
    post_json(browser, f"{API}acting/choose", {"post": clerk.pk})
    assert "has ended" not in browser.get(PAGE).content.decode()
    assert browser.get("/en/access/accounts/").status_code == 403

    end(holding)

    assert browser.get(f"{API}acting/").json()["chosen"] == clerk.pk
    assert [one["id"] for one in browser.get(f"{API}acting/").json()["posts"]] == [chair.pk]
    assert browser.get("/en/access/accounts/").status_code == 403
    assert browser.get("/en/access/data-requests/").status_code == 403
    page = browser.get(PAGE).content.decode()
    assert page.count("The post that you chose has ended") == 2
    assert "主任" in page
    assert "The post that you chose has ended" in browser.get("/en/").content.decode()

    post_json(browser, f"{API}acting/choose", {"post": chair.pk})
    assert browser.get("/en/access/accounts/").status_code == 200
    assert "The post that you chose has ended" not in browser.get("/en/").content.decode()


@pytest.mark.django_db
def test_who_chose_none_acts_on_by_what_is_left() -> None:
    account = make_account()
    clerk, chair = make_post("clerk"), make_post("committee_chair")
    holding = make_holding(clerk, account)
    make_holding(chair, account)
    make_right("village_chair", post_id=chair.pk)
    browser = signed_in(account)

    end(holding)

    assert browser.get("/en/access/accounts/").status_code == 200
    assert "has ended" not in browser.get(PAGE).content.decode()
