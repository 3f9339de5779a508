"""The API of forms: read, checked, built; the same for machines as for people."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from linli.formkit import services
from linli.formkit.models import Form
from linli.formkit.rules.parsing import read_spec
from linli.formkit.rules.writing import write_spec
from linli.formkit.testing import DESIGNER, demo_spec, field, make_published, make_spec
from linli.formkit.types import Audience
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.registries import PATH_OF
from linli.kernel.testing import VILLAGE, client_of, make_actor

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
STRANGER = make_actor("stranger", account_id=77)
pytestmark = pytest.mark.django_db


def get(address: str, actor: Actor = NOBODY) -> Any:
    return client_of(actor).get(f"/api/v1/forms/{address}")


def post(address: str, body: object, actor: Actor = NOBODY, key: str = "k1") -> Any:
    return client_of(actor).post(
        f"/api/v1/forms/{address}", json.dumps(body), content_type="application/json",
        headers={"Idempotency-Key": key},
    )  # fmt: skip


def test_what_is_in_use_is_listed_and_read_by_anybody() -> None:
    version = make_published(now=NOON)

    listed, whole = get("").json(), get("fire-check/").json()

    assert (listed["count"], listed["items"][0]["key"], listed["next"]) == (1, "fire-check", None)
    assert listed["items"][0]["checksum"] == version.checksum == whole["checksum"]
    assert read_spec(whole["form"]).fields == demo_spec().fields
    assert get("?audience=staff").json()["count"] == 0
    assert get("?audience=everybody").status_code == 422
    assert get("?cursor=zzz").status_code == 422


def test_what_one_may_not_see_is_not_found() -> None:
    version = make_published(now=NOON)
    services.new_version(version.form, actor=DESIGNER, now=NOON)

    assert get("fire-check/versions/2/").status_code == 404
    assert get("fire-check/versions/2/", DESIGNER).json()["state"] == "draft"
    assert get("no-such-form/").status_code == 404
    Form.objects.update(audience=Audience.STAFF)
    for address in ("fire-check/", "fire-check/versions/1/"):
        assert get(address).json()["code"] == "not_found"
    assert get("").json()["count"] == 0


def test_answers_are_checked_and_come_back_as_they_would_be_kept() -> None:
    make_published(now=NOON)
    answers = {"home_kind": "own", "storeys": 3, "people": 4, "gas": False, "bike": "none",
               "name": "叶", "sign": {"way": "paper"}, "things": [{"name": "灭火器", "count": 2}]}  # fmt: skip

    good = post("fire-check/check/", {"answers": answers}).json()
    hidden = post("fire-check/check/", {"answers": {**answers, "bars_plan": "x"}}, key="k2").json()
    wrong = post(
        "fire-check/check/",
        {"answers": {**answers, "storeys": 300, "extra": 1, "gas": "maybe"}},
        key="k3",
    ).json()

    assert good["is_valid"] and good["faults"] == []
    assert (good["values"]["pieces"], good["values"]["per_person"]) == (2, 5)
    assert "spent" not in good["values"]
    assert [one["path"] for one in hidden["faults"]] == ["bars_plan"]
    told = {one["path"]: one["code"] for one in wrong["faults"]}
    assert (told["storeys"], told["extra"]) == ("too_large", "schema_unknown")
    assert "gas" in told
    assert not wrong["is_valid"] and wrong["values"] == {}


@pytest.mark.parametrize(
    "point",
    [{"lon": "x", "lat": 1}, {"lon": None, "lat": 1}, {"lon": 1}, {"lon": 1.5, "lat": 2},
     {"lon": True, "lat": 1}, {"lon": [], "lat": {}}, {"lon": 10**30, "lat": 1}],
)  # fmt: skip
def test_a_point_of_the_wrong_kind_is_told_at_the_question(point: dict[str, Any]) -> None:
    make_published(make_spec({"p": field("point")}), now=NOON)

    told = post("fire-check/check/", {"answers": {"p": point}})
    good = post("fire-check/check/", {"answers": {"p": {"lon": 113_751_000, "lat": -5}}}, key="k2")

    assert told.status_code == 200
    assert not told.json()["is_valid"] and told.json()["faults"][0]["path"].startswith("p")
    assert good.json()["values"] == {"p": {"lon": 113_751_000, "lat": -5}}


@pytest.mark.parametrize(
    "answers",
    [
        {"things": "x"}, {"things": [1, None]}, {"things": {"a": 1}}, {"sign": []}, {"sign": {"file": 3}},
        {"photos": "x"}, {"photos": [None]}, {"born": 3}, {"people": 1.5}, {"people": "9" * 5000},
        {"phone": {"a": []}}, {"risks": ["x", 3]}, {"name": "长" * 5000}, {"name": "🏮<b>"}, {"": 1},
    ],
)  # fmt: skip
def test_answers_of_the_wrong_kind_are_refused_without_falling_over(
    answers: dict[str, Any],
) -> None:
    make_published(now=NOON)

    told = post("fire-check/check/", {"answers": answers})

    assert told.status_code == 200
    assert not told.json()["is_valid"]


def test_designers_build_and_publish_and_others_do_not(monkeypatch: Any) -> None:
    monkeypatch.setattr(PATH_OF, "_function", lambda code: VILLAGE if code == "v" else None)
    body = {"key": "by-api", "title": "甲", "title_en": "A", "place": "v", "audience": "residents",
            "form": write_spec(demo_spec())}  # fmt: skip

    assert post("", body, STRANGER).status_code == 403
    assert post("", {**body, "place": "nowhere"}, DESIGNER).status_code == 422
    assert post("", {**body, "audience": "all"}, DESIGNER).status_code == 422
    assert post("", {**body, "form": {}}, DESIGNER).json()["code"] == "not_a_form"
    assert not Form.objects.exists()
    made = post("", body, DESIGNER, key="k9")
    assert (made.status_code, made.json()["edition"]) == (201, 1)
    assert (
        post("by-api/publish", {"edition": 9}, DESIGNER, key="k10").json()["code"]
        == "saved_meanwhile"
    )
    assert post("by-api/publish", {"edition": 1}, STRANGER, key="k11").status_code == 404
    assert (
        post("by-api/publish", {"edition": 1}, DESIGNER, key="k12").json()["state"] == "published"
    )
    assert post("by-api/begin", {}, DESIGNER, key="k13").json()["version"] == 2


def test_a_call_sent_twice_begins_one_form(monkeypatch: Any) -> None:
    monkeypatch.setattr(PATH_OF, "_function", lambda code: VILLAGE)
    body = {"key": "once", "title": "甲", "title_en": "A", "place": "v", "audience": "residents",
            "form": write_spec(demo_spec())}  # fmt: skip

    first, second = post("", body, DESIGNER), post("", body, DESIGNER)

    assert (first.status_code, second.status_code) == (201, 201)
    assert Form.objects.count() == 1


def test_a_draft_is_saved_whole_tested_and_the_form_taken_out_of_use() -> None:
    version = make_published(now=NOON)
    services.new_version(version.form, actor=DESIGNER, now=NOON)
    whole = get("fire-check/versions/2/", DESIGNER).json()
    form = write_spec(make_spec({"n": field("whole", "How many", most=5)}))

    assert post("fire-check/save", {"edition": 1, "form": form}, STRANGER, "a").status_code == 404
    broken = post("fire-check/save", {"edition": 1, "form": {"schema": 1}}, DESIGNER, "b")
    saved = post("fire-check/save", {"edition": 1, "form": form}, DESIGNER, "c")
    stale = post("fire-check/save", {"edition": 1, "form": form}, DESIGNER, "d")
    few = post("fire-check/tests/", {"name": "few", "answers": {"n": 3}}, DESIGNER, "e").json()
    many = post("fire-check/tests/", {"name": "many", "answers": {"n": 9}}, DESIGNER, "f").json()

    assert whole["edition"] == 1 and broken.status_code == 422
    assert (saved.json()["edition"], stale.status_code) == (2, 409)
    assert (few["has_passed"], few["faults"]) == (True, {})
    assert list(many["faults"]) == ["n"]
    assert get("fire-check/tests/", STRANGER).status_code == 404
    assert get("fire-check/tests/", DESIGNER).json()["count"] == 2
    gone = post(f"fire-check/tests/{many['id']}/drop", {}, DESIGNER, "g")
    assert gone.status_code == 204 and get("fire-check/tests/", DESIGNER).json()["count"] == 1
    assert post("fire-check/retire", {}, STRANGER, "h").status_code == 404
    assert post("fire-check/retire", {}, DESIGNER, "i").json()["state"] == "retired"
    assert get("fire-check/").status_code == 404
