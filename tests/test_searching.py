"""Each source of the search finds its things for whom they are, with one query, and nothing for others."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linli.access.models import Account
from linli.access.queries.actors import account_actor
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.registries import SEARCH
from linli.offerings.queries.item_search import search_items
from tests.conftest import City

# source, words, who finds it (nobody: everybody does)
FOUND = [
    ("cases.cases", "公示栏 看不清", "ye.shaofen"),
    ("access.accounts", "ye.shaofen", "ye.shaofen"),
    ("access.requests", f"gr-{timezone.localdate().year}-0001", "ye.shaofen"),
    ("access.requests", "登记 资料", "ye.shaofen"),
    ("plan.town_plans", "示府办〔2026〕5号", "city.plan"),
    ("plan.visits", "公示栏未更新", "city.plan"),
    ("plan.pilots", "议事厅", ""),
    ("plan.targets", "t12-1", ""),
    ("plan.measures", "常态化整顿机制", ""),
    ("documents.seal_uses", "环卫服务", "ye.shaofen"),
]


def actor_named(username: str) -> Actor:
    if not username:
        return NOBODY
    return account_actor(Account.objects.get(username=username).pk, now=timezone.now())


@pytest.mark.parametrize(("key", "words", "who"), FOUND)
def test_a_thing_is_found_by_whom_it_is_for_with_one_query(
    city: City, key: str, words: str, who: str
) -> None:
    source, actor = SEARCH.get(key), actor_named(who)
    assert source is not None

    with CaptureQueriesContext(connection) as queries:
        hits = source.find(actor, words, 20)

    assert hits
    # papers of places that ended are seen by who follows them: asked for once
    assert len(queries) == (2 if key.startswith("documents.") else 1)
    assert all(hit.title and hit.url.startswith("/") and str(hit.kind) for hit in hits)
    assert len(source.find(actor, words, 1)) == 1


@pytest.mark.parametrize(("key", "words", "who"), [row for row in FOUND if row[2]])
def test_others_do_not_find_it(city: City, key: str, words: str, who: str) -> None:
    source = SEARCH.get(key)
    assert source is not None

    assert list(source.find(NOBODY, words, 20)) == []
    assert list(source.find(Actor(0, None, "stranger"), words, 20)) == []


def test_the_whole_search_is_bounded(city: City) -> None:
    actor = actor_named("ye.shaofen")

    for source in SEARCH:
        assert len(source.find(actor, "示范", 3)) <= 3, source.key


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("landlord", {"tenant-report", "lease-registration"}),
        ("temporary residence", {"residence-registration"}),
        ("how do I rent a house", {"lease-registration"}),
        ("newcomers", {"residence-registration"}),
    ],
)
def test_the_guide_finds_what_residents_from_elsewhere_call_it(
    city: City, words: str, keys: set[str]
) -> None:
    found = [item.key for item in search_items(words, timezone.localdate())[:3]]

    assert keys & set(found), found
