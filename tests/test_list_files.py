"""Lists as files: what each app gives, written by a job with the reader's own sight, without formulas."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from linli.access.models import Account
from linli.access.queries.actors import account_actor
from linli.activities.models import Event
from linli.demo.cast import VILLAGE_1
from linli.files import services as files
from linli.files.models import StoredFile
from linli.files.queries import may_see_list_file
from linli.files.services.list_files import order_list_file, write_list_file
from linli.grid.models import Storm
from linli.grid.types.figures import FIGURES
from linli.kernel.errors import NotFound
from linli.kernel.list_files import LIST_FILES
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import VAULT, Actor, Grant
from linli.kernel.tables import read_table
from linli.kernel.testing import client_of, make_actor
from linli.runtime.models import LongJob
from linli.runtime.services.running import Run
from linli.runtime.types import JOB_KINDS
from linli.trail.models import Entry
from linli.ui import downloads
from tests.conftest import City

NOW = timezone.now()
AT_PLACE = {
    "orgs.centres", "orgs.pairings", "orgs.register", "orgs.staff", "orgs.certificates", "orgs.training",
    "cases.public", "grid.heads", "grid.figure_events", "grid.teams", "grid.storms", "grid.homes",
}  # fmt: skip
ASKED = {"grid.figure_events": f"of={FIGURES[0].key}"}
LONG = "access.accounts"


def official(name: str = "ye.shaofen") -> Actor:
    return account_actor(Account.objects.get(username=name).pk, now=timezone.now())


def keeper(name: str) -> Actor:
    """An official of the city who also holds what the page of a list asks for."""
    known, actor = LIST_FILES.get(name), official()
    held = tuple(Grant(one.name, CITY_PATH, VAULT) for one in (known.permits if known else ()))
    return replace(actor, grants=actor.grants + held)


def written(name: str, query: str = "", form: str = "xlsx", place: str = "") -> list[list[Any]]:
    """Order a list, write it as the worker does, and return its rows."""
    actor = keeper(name)
    job = order_list_file(name, query, form, place=place, actor=actor, now=NOW)
    code = write_list_file(
        dict(job.params), job.pk, place=job.place, actor=actor, now=NOW, say=lambda done: None
    )
    content = files.read_content(
        StoredFile.objects.get(code=code), "", actor=actor, now=timezone.now()
    )
    if form == "csv":
        return [line.split(",") for line in content.decode("utf-8-sig").splitlines()]
    return [list(row) for _line, row in read_table(content)]


@pytest.mark.parametrize("name", sorted(one.key for one in LIST_FILES))
def test_each_list_is_written_with_heads_and_as_wide_rows(city: City, name: str) -> None:
    storm = Storm.objects.values_list("pk", flat=True).first()
    event = Event.objects.values_list("pk", flat=True).first()
    of = {
        "grid.homes": f"storm={storm}", "activities.words": f"event={event}",
        "rulebook.changes": "from=2025-01-01", **ASKED,
    }  # fmt: skip
    query = of.get(name, "")
    rows = written(name, query, place=VILLAGE_1 if name in AT_PLACE else "")

    note, heads, *found = rows
    assert str(note[0]).startswith("演示") and all(heads) and len(heads) > 4
    assert len({*heads}) == len(heads)
    assert found or name not in ("access.accounts", "rulebook.changes")
    assert StoredFile.objects.latest("pk").retention_until == timezone.localdate(
        NOW + timedelta(days=7)
    )
    assert Entry.objects.filter(verb="files.list_written").count() == 1


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_words_of_others_are_no_formula_in_a_file(city: City, form: str) -> None:
    Account.objects.filter(username="ye.shaofen").update(display_name="=HYPERLINK(0)")

    cells = [str(cell) for row in written("access.accounts", "q=ye.shaofen", form) for cell in row]

    assert ("'=HYPERLINK(0)" if form == "csv" else "=HYPERLINK(0)") in cells
    assert "zhou.meiling" not in cells


def test_the_filters_of_the_page_hold_in_the_file(city: City) -> None:
    every, one = written("access.accounts"), written("access.accounts", "q=ye.shaofen")

    assert len(every) > len(one) == 3


def test_who_does_not_see_a_list_orders_none_and_reads_nobodys_file(city: City) -> None:
    stranger = make_actor("stranger", account_id=999_999)
    for actor in (stranger, make_actor("nobody", account_id=None)):
        for name in ("access.accounts", "access.requests", "no.such"):
            with pytest.raises(NotFound):
                order_list_file(name, "", "csv", actor=actor, now=NOW)
    with pytest.raises(NotFound):
        order_list_file("orgs.centres", "", "csv", place="000", actor=official(), now=NOW)

    job = order_list_file("orgs.centres", "", "csv", place=VILLAGE_1, actor=official(), now=NOW)

    assert may_see_list_file(official(), job.pk)
    assert not may_see_list_file(official("zhou.meiling"), job.pk)
    with pytest.raises(NotFound):
        write_list_file(
            {**job.params, "list": "access.accounts"}, job.pk, place=job.place, actor=stranger,
            now=NOW, say=lambda done: None,
        )  # fmt: skip


def test_the_button_of_a_page_leads_to_the_job(city: City) -> None:
    client = client_of(official())
    page = client.get("/zh-hans/access/accounts/?q=ye").content.decode()

    sent = {"list": "access.accounts", "query": "q=ye", "form": "csv", "key": str(uuid4())}
    answer = client.post("/zh-hans/files/lists/add", sent)

    assert 'name="list" value="access.accounts"' in page and 'name="query" value="q=ye"' in page
    assert answer.status_code == 303 and "/jobs/" in answer["Location"]


def test_whose_right_ended_since_the_order_gets_no_file(city: City) -> None:
    actor = official()
    job = order_list_file(LONG, "", "csv", actor=actor, now=NOW)
    kind = JOB_KINDS.get(job.kind)
    assert kind is not None
    before = Run(job, kind, timezone.now).actor
    hers = Account.objects.filter(pk=actor.account_id)
    hers.update(state="disabled", disabled_at=NOW)

    after = Run(job, kind, timezone.now).actor

    assert before.grants == actor.grants and not after.grants
    with pytest.raises(NotFound):
        write_list_file(
            dict(job.params), job.pk, place=job.place, actor=after, now=NOW, say=lambda done: None
        )
    assert not StoredFile.objects.filter(owner_kind="files.list").exists()


@pytest.mark.parametrize("address", ["register/places/", f"places/{VILLAGE_1}/organisations/"])
def test_a_list_longer_than_comes_at_once_is_ordered_and_not_cut(
    city: City, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    client, url = client_of(official()), f"/en/{address}?format=csv&q="
    whole = client.get(url)
    monkeypatch.setattr(downloads, "AT_ONCE", 1)

    page = client.get(url)

    rows = whole.content.decode("utf-8-sig").count("\n") - 2
    told, jobs = page.content.decode(), LongJob.objects.filter(kind="files.list")
    assert whole["Content-Type"].startswith("text/csv") and rows > 1
    assert page["Content-Type"].startswith("text/html") and f"has {rows:,} rows" in told
    assert 'name="form" value="csv"' in told and not jobs.exists()
    stranger = Client().get("/en/register/places/?format=csv").content.decode()
    assert "sign in, and" in stranger and 'name="form" value="csv"' not in stranger
