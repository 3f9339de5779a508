"""The register of organisations over the API: read by all as far as public, kept by who may."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from linli.kernel.permits import NOBODY, PERSONAL, Actor
from linli.kernel.testing import CITY, OTHER_TOWN, TOWN, client_of, make_actor
from linli.orgs import permits
from linli.orgs.models import (
    Certificate,
    Organisation,
    Pairing,
    Post,
    PostHolding,
    StaffList,
    TrainingHours,
)
from linli.orgs.testing import make_holding, make_kind, make_organisation, make_post, place_at
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db

CODE, OTHER = "441900005001", "441900005002"
KEPT = (permits.EDIT, permits.APPOINT, permits.STAFF_LIST, permits.STAFF_KEEP, permits.REORGANISE)
KEEPER = make_actor("keeper", *KEPT, at=TOWN)
FAR = make_actor("far", *KEPT, permits.IMPORT, at=OTHER_TOWN, account_id=8)


def send(actor: Actor, path: str, status: int, /, **body: Any) -> Any:
    response = client_of(actor).post(
        f"/api/v1/{path}", body, content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )  # fmt: skip
    assert response.status_code == status, response.content
    said = response.json()
    if status >= 400:
        assert set(said) == {"code", "message", "fields"}
    return said


def get(actor: Actor, path: str, status: int = 200) -> Any:
    response = client_of(actor).get(f"/api/v1/{path}")
    assert response.status_code == status, response.content
    return response.json()


def test_an_organisation_is_entered_corrected_renamed_and_closed() -> None:
    place_at()
    make_kind("collective_org")

    made = send(KEEPER, "organisations/", 201, place=CODE, kind="collective_org", name="经联社")
    to = f"organisations/{made['code']}/"
    mended = send(KEEPER, to + "correct", 200, name="经联社", phone="0769-5550 0123", edition=1)
    stale = send(KEEPER, to + "correct", 409, name="别的名", edition=1)
    named = send(KEEPER, to + "rename", 200, name="经济联合社", since="2026-03-01", edition=2)
    closed = send(KEEPER, to + "close", 200, on="2026-11-01", edition=named["edition"])

    assert (mended["phone"], mended["edition"]) == ("0769-5550 0123", 2)
    assert stale["code"] == "stale"
    assert [version["name"] for version in named["versions"]] == ["经济联合社", "经联社"]
    assert get(NOBODY, to + "?on=2026-01-01")["name_on"] == "经联社"
    assert closed["closed_on"] == "2026-11-01"
    assert get(NOBODY, f"organisations/?place={CODE}")["items"] == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": ""}, "name"), ({"kind": "none"}, "kind"), ({"phone": "打给我"}, "phone"),
     ({"name": "名" * 121}, "name"), ({"since": "soon"}, "since")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_entered(
    changes: Any, field: str
) -> None:
    place_at()
    make_kind("collective_org")
    body = {"place": CODE, "kind": "collective_org", "name": "经联社", **changes}

    assert list(send(KEEPER, "organisations/", 422, **body)["fields"]) == [field]
    assert not Organisation.objects.exists()


def test_bodies_are_put_under_others_and_reorganised() -> None:
    old, new = make_organisation(name="市农业局"), make_organisation(name="市农业农村局")

    under = send(
        KEEPER, f"organisations/{old.code}/under", 200, parent=new.code,
        hierarchy="government", since="2026-01-01", basis="三定方案",
    )  # fmt: skip
    moved = send(
        KEEPER, f"organisations/{old.code}/reorganise", 200, change="renamed",
        successor=new.code, on="2019-01-01",
    )  # fmt: skip

    above = [(one["code"], one["since"]) for one in under["relatives"] if one["is_above"]]
    assert above == [(new.code, "2026-01-01")]
    line = moved["reorganisations"][0]
    assert (line["predecessor_name"], line["successor_name"]) == ("市农业局", "市农业农村局")
    wrong = send(KEEPER, f"organisations/{old.code}/under", 422, parent="none",
                 hierarchy="government", since="2026-01-01")  # fmt: skip
    assert list(wrong["fields"]) == ["parent"]


def test_a_post_is_made_filled_and_handed_over() -> None:
    body = make_organisation(name="示范一村村民委员会")
    make_post(body)
    kind = Post.objects.get().kind_id

    post = send(KEEPER, "posts/", 201, organisation=body.code, title="文员", kind=kind, rank=50)
    to = f"posts/{post['id']}/"
    changed = send(KEEPER, to + "change", 200, title="出纳", kind=kind, edition=post["edition"])
    held = send(KEEPER, to + "appoint", 200, holder_name="叶少芬", since="2026-03-01",
                came_by="recruited")  # fmt: skip
    holding = held["holdings"][0]
    mended = send(KEEPER, f"holdings/{holding['id']}/correct", 200, holder_name="叶少芳",
                  since="2026-03-01", came_by="recruited", edition=holding["edition"])  # fmt: skip
    sheet = send(
        KEEPER, f"holdings/{holding['id']}/end", 201, reason="resigned", receiver_name="麦润根",
        watcher_name="李某某", things=[{"kind": "印章", "text": "公章", "count": "1"}],
    )  # fmt: skip
    waiting = get(KEEPER, "handovers/")["items"]
    signed = send(KEEPER, f"handovers/{sheet['id']}/sign", 200, signed_on="2026-11-01",
                  all_signed=True)  # fmt: skip

    assert changed["title"] == "出纳"
    assert mended["name"] == "叶少芳"
    assert sheet["things"] == [{"kind": "印章", "text": "公章", "count": "1"}]
    assert [one["id"] for one in waiting] == [sheet["id"]]
    assert (signed["state"], signed["signed_on"]) == ("signed", "2026-11-01")
    assert get(KEEPER, to)["holdings"][0]["until"] == "2026-11-01"
    assert send(KEEPER, to + "close", 200, on="2026-12-01")["closed_on"] == "2026-12-01"


def test_what_only_staff_see_of_a_post_is_null_for_others() -> None:
    post = make_post(make_organisation())
    make_holding(post, name="前任", since=date(2020, 1, 1), until=date(2021, 1, 1))
    make_holding(post, name="何伟明")

    told = get(NOBODY, f"posts/{post.pk}/")

    assert [one["name"] for one in told["holders"]] == ["何伟明"]
    assert [told[name] for name in ("holdings", "acting", "above", "deputy")] == [None] * 4
    assert len(get(KEEPER, f"posts/{post.pk}/")["holdings"]) == 2
    hidden = make_post(make_organisation(), is_public=False)
    get(NOBODY, f"posts/{hidden.pk}/", 404)
    get(FAR, f"posts/{hidden.pk}/", 404)


def test_sheets_of_others_are_not_found() -> None:
    holding = make_holding()
    sheet = send(
        KEEPER, f"holdings/{holding.pk}/end", 201, reason="resigned", receiver_name="麦润根",
        watcher_name="李某某", things=[{"text": "档案"}],
    )  # fmt: skip

    get(FAR, f"handovers/{sheet['id']}/", 404)
    get(NOBODY, "handovers/", 404)
    assert get(FAR, "handovers/")["items"] == []
    unsigned = send(KEEPER, f"handovers/{sheet['id']}/sign", 422, signed_on="2026-11-01",
                    all_signed=False)  # fmt: skip
    assert list(unsigned["fields"]) == ["all_signed"]
    send(KEEPER, f"handovers/{sheet['id']}/withdraw", 200, note="留任")


def test_a_centre_says_when_it_is_open_and_whom_it_serves() -> None:
    place = place_at()
    make_village(OTHER)
    centre = make_organisation("public_service_center", at=place, name="示范中心")
    to = f"centres/{centre.code}/"

    assert get(NOBODY, to)["opened_on"] is None
    send(KEEPER, to + "area", 404, since="2026-01-01", places=[CODE], edition=0)
    told = send(KEEPER, to + "describe", 200, opened_on="2026-01-01", edition=0)
    served = send(KEEPER, to + "area", 200, since="2026-02-01", places=[CODE, OTHER],
                  edition=told["edition"])  # fmt: skip

    assert told["is_open"]
    assert served["serves"] == [CODE, OTHER]
    assert get(NOBODY, f"centres/?place={CODE}&open=true")["items"][0]["code"] == centre.code
    assert get(NOBODY, "centres/?kind=integrated_service_center")["items"] == []
    assert list(get(NOBODY, "centres/?kind=none", 422)["fields"]) == ["kind"]
    elsewhere = send(KEEPER, to + "area", 422, since="2026-03-01", places=["441900006001"],
                     edition=served["edition"])  # fmt: skip
    assert list(elsewhere["fields"]) == ["places"]


def test_a_centre_that_closed_is_not_found_any_more() -> None:
    centre = make_organisation("public_service_center", at=place_at(), name="示范中心")
    to = f"centres/{centre.code}/"
    get(NOBODY, to)
    Organisation.objects.filter(pk=centre.pk).update(closed_on="2026-01-01")

    assert get(NOBODY, to, 404)["code"] == "not_found"


def test_communities_are_paired_and_parted() -> None:
    place_at()
    make_village(OTHER)

    made = send(KEEPER, "pairings/", 201, one=CODE, other=OTHER, since="2026-01-01",
                content="结对帮扶")  # fmt: skip
    assert get(NOBODY, f"pairings/?place={OTHER}")["items"][0]["id"] == made["id"]
    send(FAR, f"pairings/{made['id']}/end", 403, on="2026-06-01")
    ended = send(KEEPER, f"pairings/{made['id']}/end", 200, on="2026-06-01")
    assert ended["until"] == "2026-06-01"
    assert get(NOBODY, "pairings/")["items"] == []
    assert get(NOBODY, "pairings/?ended=true")["count"] == 1
    wrong = send(KEEPER, "pairings/", 422, one=CODE, other="000", since="2026-01-01", content="x")
    assert list(wrong["fields"]) == ["other"]
    assert Pairing.objects.count() == 1


def test_certificates_and_training_are_entered_summed_and_taken_back() -> None:
    body = make_organisation()
    common = {"place": CODE, "organisation": body.code, "holder_name": "叶少芬"}

    paper = send(KEEPER, "certificates/", 201, **common, kind="social_worker", number="A1",
                 issued_on="2024-01-01")  # fmt: skip
    send(KEEPER, "training/", 201, **common, subject="law", year=2026, hours=1.5)
    send(KEEPER, "training/", 201, **common, subject="law", year=2026, hours=2)
    odd = send(KEEPER, "training/", 422, **common, subject="law", year=2026, hours=0.3)

    assert list(odd["fields"]) == ["hours"]
    told = get(KEEPER, f"training/?place={CODE}&year=2026")
    assert told["sums"] == [{"subject": "law", "hours": 3.5}]
    assert get(KEEPER, "certificates/?social_work=true")["items"][0]["id"] == paper["id"]
    send(KEEPER, f"certificates/{paper['id']}/remove", 200)
    assert get(KEEPER, "certificates/")["items"] == []
    assert (Certificate.objects.count(), TrainingHours.objects.count()) == (1, 2)


def test_the_staff_list_is_for_who_sees_staff_and_ranks_nobody() -> None:
    make_holding(make_post(make_organisation()), name="何伟明", came_by="elected")
    make_holding(make_post(make_organisation()), name="叶少芬", came_by="recruited")

    assert [one["name"] for one in get(KEEPER, "staff/?came_by=recruited")["items"]] == ["叶少芬"]
    assert get(KEEPER, "staff/?q=何")["count"] == 1
    assert list(get(KEEPER, "staff/?came_by=x", 422)["fields"]) == ["came_by"]
    get(NOBODY, "staff/", 404)
    get(FAR, f"staff/?place={CODE}", 403)
    assert get(FAR, "staff/")["items"] == []


def test_a_list_of_staff_is_handed_in_and_put_away(settings: Any, tmp_path: Path) -> None:
    storage = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": storage, "OPTIONS": {"location": str(tmp_path)}},
    }
    place_at()
    importer = make_actor("importer", permits.IMPORT, at=CITY, ceiling=PERSONAL)
    upload = SimpleUploadedFile("list.csv", "地区代码,单位,职务\n".encode())

    response = client_of(importer).post(
        "/api/v1/staff-lists/", {"place": CODE, "file": upload},
        headers={"Idempotency-Key": str(uuid4())},
    )  # fmt: skip

    assert response.status_code == 201, response.content
    made = response.json()
    assert (made["state"], made["file_name"]) == ("received", "list.csv")
    assert get(importer, "staff-lists/")["items"][0]["id"] == made["id"]
    get(FAR, f"staff-lists/{made['id']}/", 404)
    send(importer, f"staff-lists/{made['id']}/take", 409)
    assert send(importer, f"staff-lists/{made['id']}/drop", 200)["state"] == "dropped"
    assert StaffList.objects.count() == 1


def test_who_may_not_keep_the_register_changes_nothing() -> None:
    body = make_organisation()
    holding = make_holding(make_post(body))
    asked: list[tuple[str, dict[str, Any]]] = [
        ("organisations/", {"place": CODE, "kind": body.kind_id, "name": "x"}),
        (f"organisations/{body.code}/correct", {"name": "x", "edition": 1}),
        (f"organisations/{body.code}/close", {"on": "2026-12-01", "edition": 1}),
        ("posts/", {"organisation": body.code, "title": "x", "kind": holding.post.kind_id}),
        (f"posts/{holding.post_id}/appoint",
         {"holder_name": "x", "since": "2026-01-01", "came_by": "elected"}),
        (f"holdings/{holding.pk}/end-at-once", {"reason": "died", "on": "2026-01-02"}),
        ("certificates/", {"place": CODE, "organisation": body.code, "holder_name": "x",
                           "kind": "social_worker", "number": "1", "issued_on": "2024-01-01"}),
    ]  # fmt: skip

    for actor in (NOBODY, FAR):
        for path, data in asked:
            response = client_of(actor).post(
                f"/api/v1/{path}", data, content_type="application/json",
                headers={"Idempotency-Key": str(uuid4())},
            )  # fmt: skip
            assert response.status_code in (403, 404), path

    assert (Organisation.objects.count(), Post.objects.count()) == (1, 1)
    assert PostHolding.objects.get().until is None
    assert not Certificate.objects.exists()


def test_lists_are_paged_to_the_end() -> None:
    place = place_at()
    for _ in range(5):
        make_organisation("public_service_center", at=place)

    codes, cursor = [], ""
    while True:
        found = get(NOBODY, f"centres/?limit=2&cursor={cursor}")
        codes += [one["code"] for one in found["items"]]
        if not found["next"]:
            break
        cursor = found["next"]

    assert len(codes) == len(set(codes)) == found["count"] == 5


def test_nobody_acts_for_a_post_that_was_closed() -> None:
    above = make_holding().post
    post = make_post(above.organisation, kind="clerk", above_id=above.pk)
    before = get(KEEPER, f"posts/{post.pk}/")

    closed = send(KEEPER, f"posts/{post.pk}/close", 200, on=str(localdate()))

    assert before["acting"]["post"] == above.pk
    assert (closed["acting"], closed["closed_on"]) == (None, str(localdate()))
