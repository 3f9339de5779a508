"""Lists of rights and deputies where a city has more posts than one page or one form holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone, translation

from linli.access.models import Deputy, RightsList
from linli.access.queries.lists import accounts_without_rights, rights_list
from linli.access.services import lists
from linli.access.testing import actor_for, make_account, make_post, make_right, make_staff
from linli.kernel.testing import TOWN, VILLAGE, client_of

MANY = 600


def make_posts(count: int, **fields):
    """Make posts of one office at once; each gets its right by its kind."""
    post = make_post("grid_worker", title="网格员 1", **fields)
    table = type(post)
    return [post, *table.objects.bulk_create(
        table(organisation=post.organisation, path=post.path, kind=post.kind, title=f"网格员 {n}")
        for n in range(2, count + 1)
    )]  # fmt: skip


@pytest.mark.django_db
def test_the_list_holds_every_post_on_screen_over_the_api_and_on_the_frozen_paper() -> None:
    chair = actor_for(make_staff("village_chair"))
    make_posts(MANY)
    make_right("clerk", path="441900/", post_kind="grid_worker")
    browser = client_of(chair)

    rows = rights_list(chair, VILLAGE, now=timezone.now())
    first = browser.get(f"/en/access/rights/?place={VILLAGE}").content.decode()
    seen, cursor = 0, ""
    while cursor is not None:
        address = f"/api/v1/access/rights/?place=441900005001&limit=300&cursor={cursor}"
        answer = browser.get(address).json()
        seen, cursor = seen + len(answer["items"]), answer["next"]
    made = lists.make_list(VILLAGE, actor=chair, now=timezone.now())

    assert len(rows) == seen == MANY + 1
    assert first.count('<td role="cell" class="ll-f-all"><b>') == 50
    assert "Next page" in first
    assert len(RightsList.objects.get(pk=made.pk).rows) == MANY + 1


@pytest.mark.django_db
def test_the_page_of_rights_asks_as_often_for_many_accounts_as_for_few(
    django_assert_max_num_queries,
) -> None:
    chair = actor_for(make_staff("village_chair"))
    for number in range(30):
        make_account(display_name=f"何伟明 {number:02}")

    with django_assert_max_num_queries(1):
        named = accounts_without_rights(VILLAGE, now=timezone.now())
    with django_assert_max_num_queries(5):
        rights_list(chair, VILLAGE, now=timezone.now())

    assert named == [f"何伟明 {number:02}" for number in range(30)]


@pytest.mark.django_db
def test_a_right_that_holds_nowhere_and_a_post_that_was_closed_leave_an_account_without_rights() -> (
    None
):
    held = make_staff("clerk", display_name="叶少芬")
    make_account(display_name="麦润根", path=VILLAGE)
    Post = apps.get_model("orgs", "Post")
    Holding = apps.get_model("orgs", "PostHolding")
    post_id = Holding.objects.get(account_id=held.pk).post_id
    before = accounts_without_rights(VILLAGE, now=timezone.now())

    Post.objects.filter(pk=post_id).update(closed_on=timezone.localdate() - timedelta(days=1))

    assert before == ["麦润根"]
    assert accounts_without_rights(VILLAGE, now=timezone.now()) == ["叶少芬", "麦润根"]


@pytest.mark.django_db
def test_a_post_is_found_by_words_and_given_a_deputy_however_many_posts_the_city_has() -> None:
    security = actor_for(make_staff("security", path=TOWN))
    make_posts(MANY)
    wanted = make_post("clerk", title="妇女主任")
    far = make_post("clerk", title="妇女主任", path="441900/441900109/441900109001/")
    make_account("ye.shaofen", path=VILLAGE)
    browser = client_of(security)
    today = timezone.localdate()

    page = browser.get("/en/access/deputies/?q=妇女").content.decode()
    many = browser.get("/en/access/deputies/?q=网格员").content.decode()
    given = {
        "post": wanted.pk, "account": "ye.shaofen", "starts_on": today.isoformat(),
        "ends_on": today.isoformat(), "reason": "leave", "key": "1",
    }  # fmt: skip
    refused = browser.post("/en/access/deputies/", {**given, "post": far.pk, "key": "2"})
    named = browser.post("/en/access/deputies/", given)

    assert f'value="{wanted.pk}"' in page
    assert f'value="{far.pk}"' not in page
    assert many.count("<option") <= 52
    assert "Type another word" in many
    assert refused.status_code == 422
    assert named.status_code == 303
    assert Deputy.objects.get().post_id == wanted.pk


@pytest.mark.django_db
def test_the_deputy_of_a_post_that_was_closed_since_can_still_be_ended() -> None:
    security = actor_for(make_staff("security", path=TOWN))
    post, today = make_post("clerk"), timezone.localdate()
    deputy = Deputy.objects.create(
        post_id=post.pk, account=make_account(), starts_on=today, ends_on=today, reason="leave",
        given_by_id=security.account_id, given_at=timezone.now(),
    )  # fmt: skip
    type(post).objects.filter(pk=post.pk).update(closed_on=today)

    answer = client_of(security).post(f"/en/access/deputies/{deputy.pk}/end", {"key": "1"})

    deputy.refresh_from_db()
    assert answer.status_code == 303
    assert deputy.revoked_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"),
    [("zh-hans", ("岗贝村委会", "网格员")), ("en", ("Committee of Gangbei", "Grid worker"))],
)
def test_offices_and_posts_are_named_in_the_readers_language(
    language: str, said: tuple[str, str]
) -> None:
    post = make_post("grid_worker", title="网格员", title_en="Grid worker")
    apps.get_model("orgs", "OrganisationVersion").objects.create(
        organisation=post.organisation,
        name="岗贝村委会",
        name_en="Committee of Gangbei",
        since=None,
    )
    make_right("clerk", post_id=post.pk)
    reviewer = actor_for(make_staff("village_chair"))

    with translation.override(language):
        rows = rights_list(reviewer, VILLAGE, now=timezone.now())

    assert said in {(row.organisation, row.post) for row in rows}
