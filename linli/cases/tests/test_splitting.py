"""A case is split: each part with its category, its post, its photos, and whether the whole waits."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import uuid4

import pytest

from linli.cases.forms.splitting import SplitForm
from linli.cases.models import Case, CaseFile, CaseLink, Category
from linli.cases.testing import VILLAGE, clerk_of, faults, make_case, report_with_photos
from linli.cases.tests.offices import post_at
from linli.cases.types.splitting import MOST_PARTS
from linli.kernel.testing import client_of, post_json

pytestmark = pytest.mark.django_db
CLERK = replace(clerk_of(), posts=frozenset({30}))


def page(number: str) -> str:
    return f"/en/cases/{number}/steps/split/"


def split(number: str, **given: object):  # type: ignore[no-untyped-def]
    rows = {"rows": "3", "key": str(uuid4()), **given}
    return client_of(CLERK).post(page(number), rows)


def test_parts_go_to_the_post_that_is_named_else_by_the_rules_and_lie_where_the_whole_lies() -> (
    None
):
    ruled = post_at(VILLAGE, kind="committee_chair")
    named = post_at(VILLAGE, kind="committee_member")
    lamps = Category.objects.create(code="t-lamps", title="路灯测试", title_en="Lamps tested")
    whole = make_case(point=(113_750_000, 23_040_000)).held

    done = split(
        whole.number, **{
            "title-1": "Lamp", "category-1": str(lamps.pk), "required-1": "on",
            "title-2": "Cable", "post-2": str(named),
        },
    )  # fmt: skip

    assert done.status_code == 303
    parts = list(Case.objects.filter(parent_id=whole.id).order_by("pk"))
    assert [(one.title, one.category_id, one.offered_post_id) for one in parts] == [
        ("Lamp", lamps.pk, ruled), ("Cable", None, named),
    ]  # fmt: skip
    assert {(one.lon, one.lat) for one in parts} == {(113_750_000, 23_040_000)}
    waits = CaseLink.objects.filter(to_id=whole.id).order_by("case_id")
    assert list(waits.values_list("is_required", flat=True)) == [True, False]
    html = client_of(CLERK).get(f"/en/desk/cases/{parts[0].number}/").content.decode()
    assert "It was not sent by rules." not in html
    assert faults() == []


def test_the_photos_that_belong_to_a_part_stand_on_its_sheet() -> None:
    number, _photos = report_with_photos()
    whole = Case.objects.get(number=number)
    code = CaseFile.objects.filter(case=whole)[0].file.code
    form = client_of(CLERK).get(page(number)).content.decode()
    assert code in form and "photos-1" in form

    done = split(number, **{"title-1": "Lamp", "photos-1": [code], "title-2": "Cable"})

    assert done.status_code == 303
    lamp, cable = Case.objects.filter(parent=whole).order_by("pk")
    client = client_of(CLERK)
    assert code in client.get(f"/en/desk/cases/{lamp.number}/").content.decode()
    assert code not in client.get(f"/en/desk/cases/{cable.number}/").content.decode()
    assert CaseFile.objects.filter(file__code=code).count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {"title-1": "Lamp"},
        {"title-1": "Lamp", "title-2": "Cable", "post-1": "999999"},
        {"title-1": "Lamp", "title-2": "Cable", "category-1": "999999"},
        {"title-1": "Lamp", "title-2": "Cable", "category-3": ""},
    ],
)
def test_what_cannot_be_split_stays_whole(given: dict[str, str]) -> None:
    whole = make_case().held
    good = "category-3" in given

    answer = split(whole.number, **given)

    assert answer.status_code == (303 if good else 422)
    assert Case.objects.filter(parent_id=whole.id).count() == (2 if good else 0)


def test_more_rows_are_had_without_losing_what_stands_in_the_first() -> None:
    number = make_case().held.number

    html = split(number, **{"title-1": "Lamp", "more": "1"}).content.decode()

    assert 'name="title-6"' in html and 'value="Lamp"' in html
    assert not Case.objects.filter(parent__number=number).exists()


def test_at_the_most_parts_the_page_sends_back_as_many_as_it_shows() -> None:
    number = make_case().held.number
    last = {f"title-{MOST_PARTS - 2}": "Lamp"}

    html = split(number, rows=str(MOST_PARTS - 2), more="1", **last).content.decode()

    assert f'name="title-{MOST_PARTS}"' in html and 'value="Lamp"' in html
    assert re.search(rf'name="rows"[^>]*value="{MOST_PARTS}"', html)


@pytest.mark.parametrize("rows", ["999999999999", "0", "-3", "x"])
def test_however_many_rows_are_asked_for_the_page_has_as_many_as_there_may_be(rows: str) -> None:
    number = make_case().held.number

    html = split(number, rows=rows, more="1").content.decode()

    assert 'name="title-6"' in html and f'name="title-{MOST_PARTS + 1}"' not in html


def test_a_part_may_have_a_group_as_its_category_and_an_unknown_one_makes_none() -> None:
    whole, other = make_case().held, make_case().held
    address = "/api/v1/cases/{}/split"
    parts = [{"title": "Lamp", "category": "appearance"}, {"title": "Cable"}]

    made = post_json(client_of(CLERK), address.format(whole.number), {"parts": parts})
    wrong = [{"title": "Lamp", "category": "nosuch"}, {"title": "Cable"}]
    refused = post_json(client_of(CLERK), address.format(other.number), {"parts": wrong})

    assert (made.status_code, refused.status_code) == (200, 422)
    found = Case.objects.filter(parent_id=whole.id).order_by("pk")
    assert list(found.values_list("category__code", flat=True)) == ["appearance", None]
    assert not Case.objects.filter(parent_id=other.id).exists()


def test_a_part_has_no_page_to_split_it_again() -> None:
    whole = make_case().held
    split(whole.number, **{"title-1": "Lamp", "title-2": "Cable"})
    part = Case.objects.filter(parent_id=whole.id)[0]

    assert client_of(CLERK).get(page(part.number)).status_code == 404


def test_programs_split_by_titles_or_with_category_and_post() -> None:
    post_at(VILLAGE, kind="committee_chair")
    named = post_at(VILLAGE, kind="committee_member")
    first, second = make_case().held, make_case().held
    address = "/api/v1/cases/{}/split"
    client = client_of(CLERK)

    plain = post_json(client, address.format(first.number), {"parts": ["Lamp", "Cable"]})
    full = [{"title": "Lamp", "post": named, "is_required": False}, {"title": "Cable"}]
    given = post_json(client, address.format(second.number), {"parts": full})
    one = post_json(client, address.format(make_case().held.number), {"parts": ["Lamp"]})

    assert (plain.status_code, given.status_code, one.status_code) == (200, 200, 422)
    assert Case.objects.filter(parent_id=first.id).count() == 2
    assert Case.objects.filter(parent_id=second.id, offered_post_id=named).count() == 1


def test_a_row_with_a_choice_and_no_title_asks_for_it() -> None:
    given = {"rows": "3", "title-1": "a", "title-2": "b", "post-3": "7"}
    form = SplitForm(given, offers={"post": [("7", "Somebody")]}, count=3)

    assert not form.is_valid()
    assert list(form.errors) == ["title-3"]
