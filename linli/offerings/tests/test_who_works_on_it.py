"""Of a matter that was handed to nobody its page names the post that works on it, with its telephone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linli.access.testing import make_right
from linli.cases.models import Case
from linli.cases.queries.handlers import handler_of
from linli.cases.testing import NOON, VILLAGE
from linli.cases.tests.offices import TOWN
from linli.offerings.testing import make_application
from linli.orgs.models import Post
from linli.orgs.testing import make_holding, make_organisation, make_post
from linli.places.models import Place
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db


def held_post(code: str, kind: str, path: str, *, is_held: bool = True, **more: Any) -> Post:
    """A post at a place that takes applications in."""
    body = make_organisation(kind, at=Place.objects.get(code=code))
    post = make_post(body, kind="clerk", **more)
    make_right(permit="offerings.receive", path=path, post_id=post.pk)
    if is_held:
        make_holding(post, account_id=None, since=date(2026, 1, 1))
    return post


def test_the_nearest_post_that_may_take_the_next_step_is_told_with_its_telephone() -> None:
    make_village("441900005001")
    held_post("441900005", "township_government", TOWN, title="镇窗口", office_phone="0769-1")
    make_application()
    case = Case.objects.get()

    told = handler_of(case, NOON)
    assert told is not None and told.post.endswith("镇窗口") and told.phone == "0769-1"
    assert told.holders and (told.is_offered, told.has_accepted) == (False, False)

    # nobody holds it, nobody may know it, or it may not: the town's is told as before
    village = "441900005001"
    held_post(village, "villagers_committee", VILLAGE, title="空岗", is_held=False)
    held_post(village, "community_party_committee", VILLAGE, title="内部", is_public=False)
    assert handler_of(case, NOON) == told

    held_post(village, "residents_committee", VILLAGE, title="村窗口", office_phone="0769-2")
    nearer = handler_of(case, NOON)
    assert nearer is not None and nearer.phone == "0769-2"
    accused = Post.objects.get(title="村窗口").pk
    Case.objects.update(about_post_id=accused)
    assert handler_of(Case.objects.get(), NOON) == told
    Case.objects.update(is_open=False, closed_at=NOON)
    assert handler_of(Case.objects.get(), NOON) is None


def test_where_no_post_is_known_none_is_named() -> None:
    make_application()

    assert handler_of(Case.objects.get(), NOON) is None
