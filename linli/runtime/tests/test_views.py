"""Pages of long jobs and saved views."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.messages import get_messages

from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor
from linli.runtime.models import LongJob, SavedView
from linli.runtime.testing import make_long_job

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
CLERK = replace(make_actor("clerk", account_id=1), posts=frozenset({4}))
OTHER = make_actor("other", account_id=2)
HTMX = {"HX-Request": "true"}
LIST = "/zh-hans/documents/"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_jobs_are_listed_and_shown(language: str) -> None:
    job = make_long_job(now=NOON, actor=CLERK)

    listed = client_of(CLERK).get(f"/{language}/jobs/?state=queued").content.decode()
    shown = client_of(CLERK).get(f"/{language}/jobs/{job.code}/").content.decode()

    assert f"/{language}/jobs/{job.code}/" in listed
    assert 'http-equiv="refresh"' in shown
    assert f'hx-get="/{language}/jobs/{job.code}/"' in shown


@pytest.mark.django_db
def test_a_running_job_follows_itself_and_an_ended_one_does_not() -> None:
    job = make_long_job(now=NOON, actor=CLERK)
    LongJob.objects.filter(pk=job.pk).update(state="running", began_at=NOON, done=30, total=120)
    part = client_of(CLERK).get(f"/en/jobs/{job.code}/", headers=HTMX).content.decode()
    assert "<html" not in part
    assert "30 of 120" in part
    assert 'hx-trigger="every 2s"' in part

    LongJob.objects.filter(pk=job.pk).update(
        state="done",
        ended_at=NOON,
        result={"view": "runtime:job_list", "args": [], "words": "File"},
    )
    part = client_of(CLERK).get(f"/en/jobs/{job.code}/", headers=HTMX).content.decode()
    assert "hx-trigger" not in part
    assert 'href="/en/jobs/"' in part


@pytest.mark.django_db
def test_a_failed_job_says_why() -> None:
    job = make_long_job(now=NOON, actor=CLERK)
    LongJob.objects.filter(pk=job.pk).update(state="failed", ended_at=NOON, error="缺列：姓名")
    assert "缺列：姓名" in client_of(CLERK).get(f"/en/jobs/{job.code}/").content.decode()


@pytest.mark.django_db
def test_jobs_of_others_are_not_found() -> None:
    job = make_long_job(now=NOON, actor=CLERK)

    assert client_of(OTHER).get(f"/en/jobs/{job.code}/").status_code == 404
    assert client_of(NOBODY).get(f"/en/jobs/{job.code}/").status_code == 404
    assert client_of(NOBODY).get("/en/jobs/").status_code == 403
    stop = client_of(OTHER).post(f"/en/jobs/{job.code}/cancel", {"key": "a"})
    assert stop.status_code == 404


@pytest.mark.django_db
def test_a_job_is_stopped_by_its_starter() -> None:
    job = make_long_job(now=NOON, actor=CLERK)

    response = client_of(CLERK).post(f"/en/jobs/{job.code}/cancel", {"key": "a"})

    assert response["Location"] == f"/en/jobs/{job.code}/"
    job.refresh_from_db()
    assert job.state == "cancelled"


def keep(name: str = "逾期", key: str = "k1", back: str = LIST + "?state=late&cursor=x") -> Any:
    form = {"list_name": "documents.register", "name": name, "back": back, "key": key}
    return client_of(CLERK).post("/zh-hans/views/save", form)


@pytest.mark.django_db
def test_filters_are_kept_under_a_name_and_lead_back() -> None:
    response = keep()

    assert response["Location"] == LIST + "?state=late&cursor=x"
    view = SavedView.objects.get()
    assert (view.name, view.query, view.account_id) == ("逾期", "state=late", 1)


@pytest.mark.django_db
def test_a_name_twice_is_told_and_leads_back() -> None:
    keep()
    assert keep(key="k2")["Location"].startswith(LIST)
    assert keep(name=" ", key="k3")["Location"].startswith(LIST)
    assert SavedView.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_nobody_is_led_elsewhere(back: str) -> None:
    assert keep(back=back)["Location"] == "/zh-hans/jobs/"


@pytest.mark.django_db
def test_a_view_is_shared_and_deleted_on_its_page() -> None:
    keep()
    view = SavedView.objects.get()
    shown = client_of(CLERK).get("/en/views/?list=documents.register").content.decode()
    assert "逾期" in shown

    client_of(CLERK).post(f"/en/views/{view.pk}/share", {"post": "4", "key": "s"})
    view.refresh_from_db()
    assert view.post_id == 4
    assert client_of(OTHER).post(f"/en/views/{view.pk}/delete", {"key": "d"}).status_code == 404
    client_of(CLERK).post(f"/en/views/{view.pk}/delete", {"key": "d"})
    assert SavedView.objects.count() == 0


@pytest.mark.django_db
def test_a_view_is_renamed_on_its_page_and_by_its_owner_alone() -> None:
    keep()
    view = SavedView.objects.get()

    assert (
        client_of(OTHER).post(f"/en/views/{view.pk}/rename", {"name": "x", "key": "r"}).status_code
        == 404
    )
    done = client_of(CLERK).post(
        f"/en/views/{view.pk}/rename", {"name": " this  week ", "back": LIST, "key": "s"}
    )

    assert (done.status_code, done["Location"]) == (303, LIST)
    assert SavedView.objects.get().name == "this week"
    keep(key="k2")
    taken = client_of(CLERK).post(f"/en/views/{view.pk}/rename", {"name": "逾期", "key": "t"})
    assert taken.status_code == 303
    assert sorted(SavedView.objects.values_list("name", flat=True)) == ["this week", "逾期"]


@pytest.mark.django_db
def test_a_name_that_is_too_long_is_told_with_the_limit_where_one_was_and_not_cut() -> None:
    answer = keep(name="长" * 61)

    assert (answer.status_code, answer["Location"]) == (303, LIST + "?state=late&cursor=x")
    assert "60" in "".join(str(one) for one in get_messages(answer.wsgi_request))
    assert not SavedView.objects.exists()
    # the browser does not cut what is pasted, it says what is wrong before it sends
    field = 'id="view-name" name="name" required pattern=".{1,60}"'
    assert field in client_of(CLERK).get(LIST).content.decode()


@pytest.mark.django_db
def test_a_new_name_that_is_too_long_is_told_where_one_was() -> None:
    keep()
    view = SavedView.objects.get()

    form = {"name": "长" * 61, "back": LIST, "key": "r"}
    answer = client_of(CLERK).post(f"/en/views/{view.pk}/rename", form)

    assert (answer.status_code, answer["Location"]) == (303, LIST)
    assert SavedView.objects.get().name == "逾期"
