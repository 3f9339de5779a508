"""A post that is closed looks after no cell and is on duty in no shift; its closing says so before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.grid import permits as grid
from linli.grid.models import CellDuty, Team, WatchSeat
from linli.grid.queries.cells import cell_rows
from linli.grid.queries.posts import post_of_cell
from linli.grid.services import closed_posts
from linli.grid.testing import CELL, NOON, SYSTEM, TODAY, make_cell, make_duty
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import STAFF, Actor
from linli.kernel.testing import client_of, make_actor
from linli.orgs import permits, services
from linli.orgs.models import Post
from linli.orgs.testing import make_holding, make_organisation, make_post

pytestmark = pytest.mark.django_db
KEEPER = make_actor("keeper", permits.EDIT, permits.STAFF_LIST, grid.SEE, ceiling=STAFF)


def two_posts() -> tuple[Any, Post, Post]:
    cell = make_cell()
    body = make_organisation(at=cell.place)
    return cell, make_post(body, kind="grid_worker"), make_post(body, kind="grid_worker")


def followed(post: Post, actor: Actor = SYSTEM, days: int = 0) -> int:
    return closed_posts.follow([post.pk], TODAY + timedelta(days), actor=actor, now=NOON)


def test_a_closed_post_leaves_its_cell_which_counts_as_nobodys_then() -> None:
    cell, post, _other = two_posts()
    duty = make_duty(cell.place, post)

    services.close_post(post, on=TODAY, actor=KEEPER, now=NOON)
    (row,) = cell_rows(cell.place, cell.layer, TODAY)
    assert not row.is_looked_after and not row.duties
    jobs = ProcrastinateJob.objects.filter(task_name="grid.follow_closed_posts")
    assert [job.args for job in jobs] == [{"post_ids": [post.pk], "on": TODAY.isoformat()}]
    assert (followed(post), followed(post)) == (1, 0)

    duty.refresh_from_db()
    assert duty.until == TODAY


def test_what_is_seen_in_a_cell_goes_to_a_post_that_ends_later_until_then() -> None:
    cell, post, _other = two_posts()
    make_duty(cell.place, post)
    make_holding(post)
    Post.objects.filter(pk=post.pk).update(closed_on=TODAY + timedelta(5))

    def asked(days: int) -> int | None:
        found = post_of_cell(cell.place.path, CELL, NOON + timedelta(days))
        return found and found.post_id

    assert [asked(days) for days in (0, 4, 5)] == [post.pk, post.pk, None]
    (row,) = cell_rows(cell.place, cell.layer, TODAY + timedelta(4))
    assert row.is_looked_after


def test_a_post_that_ends_later_keeps_its_cell_and_shifts_until_then() -> None:
    cell, post, other = two_posts()
    duty, of_other = make_duty(cell.place, post), make_duty(cell.place, other)
    team = Team.objects.create(
        path=cell.place.path, kind="patrol", name="巡逻队", days="every", shifts=["day"]
    )
    for one in (post, other):
        for days in (1, 5):
            WatchSeat.objects.create(
                team=team, on=TODAY + timedelta(days), shift="day", post=one, part="duty"
            )

    with pytest.raises(NotAllowed):
        followed(post, KEEPER, 5)
    assert followed(post, days=5) == 2

    for row in (duty, of_other):
        row.refresh_from_db()
    assert (duty.until, of_other.until) == (TODAY + timedelta(5), None)
    left = WatchSeat.objects.order_by("pk").values_list("post_id", "on")
    assert [(one, (on - TODAY).days) for one, on in left] == [
        (post.pk, 1), (other.pk, 1), (other.pk, 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("is_kept", "rule", "words"),
    [(False, "nobody", "没有人负责"), (True, "others", "还有别的岗位")],
)
def test_the_page_of_closing_names_the_cells_that_lose_their_post(
    is_kept: bool, rule: str, words: str
) -> None:
    cell, post, other = two_posts()
    make_duty(cell.place, post)
    if is_kept:
        make_duty(cell.place, other)

    page = client_of(KEEPER).get(f"/zh-hans/posts/{post.pk}/close/").content.decode()
    told = client_of(KEEPER).get(f"/api/v1/posts/{post.pk}/hanging/").json()["items"]

    (one,) = [one for one in told if one["key"] == "grid.duties_of_post"]
    assert (one["count"], [each["rule"] for each in one["falls"]]) == (1, [rule])
    (seen,) = one["falls"][0]["seen"]
    assert words in page and seen["number"] == cell.code and "/cells/social/" in seen["url"]
    code = post.organisation.code
    body = client_of(KEEPER).get(f"/api/v1/organisations/{code}/hanging/").json()["items"]
    kept = [one["falls"][0]["rule"] for one in body if one["key"] == "grid.duties"]
    assert kept == ["nobody"], "both posts end with their body"
    assert CellDuty.objects.filter(until__isnull=True).count() == 1 + is_kept
    assert localdate() >= TODAY
