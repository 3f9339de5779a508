"""Two who write the same unique value at once: the later one gets a refusal in words, not a broken page."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from linli.cases import permits
from linli.cases.models import Category
from linli.config.races import RACES
from linli.kernel.errors import refusal_in
from linli.kernel.permits import Actor
from linli.kernel.testing import CITY, client_of, make_actor, post_json
from linli.runtime.testing import Elsewhere

pytestmark = pytest.mark.django_db
UNIQUE = """
SELECT i.relname
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
       JOIN pg_namespace n ON n.oid = t.relnamespace
 WHERE (x.indisunique OR x.indisexclusion) AND NOT x.indisprimary AND n.nspname = 'public'
"""
# tables of the libraries, which are written by them alone
THEIRS = re.compile(r"(auth|account|mfa|axes|django|procrastinate|unique)_")
OURS = frozenset({"account_badge", "account_badge_next", "account_phone", "account_phone_next"})
# signs that the machine draws by chance, long enough that none comes twice
DRAWN = re.compile(
    r"\w+_(code|token_hash|key_hash|code_hash|ref|token)_key|exchange_letter_uuid_key|grid_word_own_code"
)
CHOSEN = frozenset(
    {"cases_category_code_key", "exchange_hallitem_code_key", "orgs_organisation_code_key", "places_place_code_key"}
)  # fmt: skip
# numbers of a series are given one after the other (runtime/services/numbering.py)
NUMBERED = frozenset(
    {
        "access_datarequest_number_key", "activities_feepayment_number_key", "cases_case_number_key",
        "documents_electronicseal_number_key", "exchange_payorder_number_key", "exchange_resultfile_number_key",
        "offerings_payment_number_key", "numberseries_once",
    }
)  # fmt: skip
# written by one statement that takes what is there already, or by one writer alone
ALONE = frozenset(
    {
        "ratelimit_once", "counter_once", "importrow_once", "orderline_once", "cases_state_once", "trail_entry_in_order",
        "trail_seal_entry_id_key", "portal_earliercode_digest_key",
    }
)  # fmt: skip


def unique() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(UNIQUE)
        names = {name for (name,) in cursor.fetchall()}
    return {name for name in names if name in OURS or not THEIRS.match(name)}


def is_never_met(name: str) -> bool:
    drawn = DRAWN.fullmatch(name) is not None and name not in CHOSEN
    return drawn or name in NUMBERED or name in ALONE or name.endswith("_uniq")


def test_each_unique_constraint_is_told_in_words_or_never_met() -> None:
    found = unique()

    assert sorted(name for name in found - RACES if not is_never_met(name)) == []
    assert sorted(name for name in RACES if is_never_met(name)) == []
    assert sorted(RACES - found) == []


TITLES = {"title": "游船", "title_en": "Boats", "words": [], "order": 700}


def keeper() -> Actor:
    return make_actor("keeper", permits.KEEP_RULES, at=CITY)


def by_api() -> tuple[int, str]:
    """Add a category as a program does, and return how it was answered."""
    answer = post_json(
        client_of(keeper()), "/api/v1/routing/categories/", {**TITLES, "code": "boats"}
    )
    return answer.status_code, answer.json()["code"]


def by_page() -> tuple[int, str]:
    """Add a category as a clerk does, and return how she was answered."""
    sent = {**TITLES, "words": "游船", "code": "boats", "parent": "", "key": str(uuid4())}
    answer = client_of(keeper()).post("/en/routing/categories/new/", sent)
    return answer.status_code, answer.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", [by_api, by_page])
def test_who_enters_what_somebody_else_enters_at_that_moment_is_told_so(
    way: Callable[[], tuple[int, str]],
) -> None:
    with transaction.atomic():
        theirs = Category.objects.create(code="boats", title="画舫", title_en="Barges", order=1)
        mine = Elsewhere(way)
        assert mine.is_waiting(2)
    status, told = mine.result()

    assert status == 409
    assert told == "meanwhile" or "Somebody else entered the same" in told
    assert Category.objects.get(code="boats").title == theirs.title


def test_what_the_database_turns_down_for_another_reason_broke_here() -> None:
    with pytest.raises(IntegrityError) as bare, transaction.atomic():
        Category.objects.create(code="boats", title=None)

    assert refusal_in(bare.value) is None
