"""Pages of the builder: who sees them, and what they take and refuse."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.formkit import queries, services
from linli.formkit.models import Form, FormTest, FormVersion
from linli.formkit.testing import (
    DESIGNER,
    demo_spec,
    field,
    make_form,
    make_published,
    make_spec,
    options,
)
from linli.formkit.types import Audience
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.testing import VILLAGE, client_of, make_actor

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
STRANGER = make_actor("stranger", account_id=77)
ANNE = make_actor("anne", account_id=5)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def text(answer: Any) -> str:
    return str(answer.content.decode())


def post(actor: Actor, address: str, key: str = "k1", **form: Any) -> Any:
    return client_of(actor).post(f"/en/forms/{address}", {"key": key, **form})


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_can_be_read_in_both_languages(language: str) -> None:
    version = make_published(now=NOON)
    services.new_version(version.form, actor=DESIGNER, now=NOON)
    for page in ("", "new/", "fire-check/", "fire-check/edit/", "fire-check/edit/gas/",
                 "fire-check/edit/things.cost/", "fire-check/edit/bike_note/", "fire-check/preview/",
                 "fire-check/preview/?seed=3", "fire-check/tests/", "fire-check/tests/?seed=9",
                 "fire-check/compare/", "fire-check/paper/?version=2", "?q=fire&state=draft&audience=staff",
                 "fire-check/versions/2/export/"):  # fmt: skip
        assert client_of(DESIGNER).get(f"/{language}/forms/{page}").status_code == 200, page
    for page in ("fire-check/try/", "fire-check/paper/", "fire-check/versions/1/export/"):
        assert client_of(NOBODY).get(f"/{language}/forms/{page}").status_code == 200, page


def test_every_question_of_every_kind_can_be_edited_and_drawn() -> None:
    kinds = {
        "a1": field("text"), "a2": field("long"), "a3": field("whole", least=1), "a4": field("decimal", decimals=2),
        "a5": field("money", most=100), "a6": field("date", most="today"), "a7": field("time"), "a8": field("yesno"),
        "a9": field("choice", options=options("x", "y")), "b1": field("several", options=options("x")),
        "b2": field("identity", sealed=True), "b3": field("phone", sealed=True), "b4": field("place", root="441900/"),
        "b5": field("point"), "b6": field("photos"), "b7": field("files"), "b8": field("signature"),
        "b9": field("table", columns={"n": field("whole")}), "c1": field("computed"),
    }  # fmt: skip
    make_form(make_spec(kinds, compute={"c1": {"op": "sum", "of": [{"field": "b9.n"}]}}), now=NOON)

    for key in kinds:
        assert client_of(DESIGNER).get(f"/en/forms/fire-check/edit/{key}/").status_code == 200, key
    page = text(client_of(DESIGNER).get("/en/forms/fire-check/preview/?seed=1"))
    assert page.count('data-path="b5"') == 2


def test_whoever_does_not_design_finds_nothing() -> None:
    version = make_published(now=NOON)
    services.new_version(version.form, actor=DESIGNER, now=NOON)
    closed = ("", "new/", "fire-check/", "fire-check/edit/", "fire-check/edit/gas/", "fire-check/preview/",
              "fire-check/tests/", "fire-check/compare/", "fire-check/paper/?version=2",
              "fire-check/versions/2/export/")  # fmt: skip
    for actor in (NOBODY, STRANGER):
        for page in closed:
            assert client_of(actor).get(f"/en/forms/{page}").status_code == 404, page
        for move in ("begin", "publish", "retire", "edit/step"):
            assert post(actor, f"fire-check/{move}").status_code == 404, move
    assert FormVersion.objects.filter(state="draft").count() == 1


def test_the_list_filters_by_the_address_and_gives_rows_to_htmx() -> None:
    make_form(now=NOON)

    assert "fire-check" in text(client_of(DESIGNER).get("/en/forms/?q=FIRE"))
    assert "fire-check" not in text(client_of(DESIGNER).get("/en/forms/?state=published"))
    part = client_of(DESIGNER).get("/en/forms/", headers={"HX-Request": "true"})
    assert "<html" not in text(part)
    assert "No form yet" in text(
        client_of(make_actor("d", *_design(), at="441900/441900009/")).get("/en/forms/")
    )


def _design() -> list[Any]:
    from linli.formkit import permits

    return [permits.DESIGN]


def test_a_form_begins_with_a_title_and_an_empty_page() -> None:
    head = {"title": "报名", "title_en": "Sign up", "place": VILLAGE, "audience": "residents"}
    client = client_of(DESIGNER)

    lacking = client.post("/en/forms/new/", head, headers={"Idempotency-Key": "n1"})
    made = client.post(
        "/en/forms/new/", {**head, "short": "sign-up"}, headers={"Idempotency-Key": "n2"}
    )

    assert lacking.status_code == 422
    assert made["Location"] == "/en/forms/sign-up/edit/"
    assert "asks nothing yet" in text(client.get("/en/forms/sign-up/edit/"))


def test_steps_of_the_builder_are_saved_and_undone() -> None:
    form = make_form(make_spec({"a": field("text", "a")}), now=NOON)
    steps = [
        {"step": "add:page1:0", "kind": "yesno", "label": "有狗吗？"},
        {"step": "up:yesno"}, {"step": "copy:yesno"}, {"step": "page"}, {"step": "down:yesno2"},
        {"step": "name:page", "page_zh": "第二页", "page_en": "Second"}, {"step": "section:page"},
        {"step": "head", "title_zh": "狗", "title_en": "Dogs"}, {"step": "remove:a"},
    ]  # fmt: skip
    for number, step in enumerate(steps, 1):
        answer = post(DESIGNER, "fire-check/edit/step", key=f"k{number}", edition=number, **step)
        assert answer.status_code == 303, step

    draft = queries.draft_of(form)
    assert draft is not None
    spec = queries.spec_of(draft)
    assert (draft.edition, list(spec.fields), spec.title.en) == (10, ["yesno", "yesno2"], "Dogs")
    assert spec.pages[1].title.zh == "第二页"
    post(DESIGNER, "fire-check/edit/step", key="undo", edition=10, step="return:1")
    undone = queries.draft_of(form)
    assert undone is not None
    assert list(queries.spec_of(undone).fields) == ["a"]


@pytest.mark.parametrize(
    "step",
    [{"step": "explode"}, {"step": "remove:zzz"}, {"step": "add:nopage:0", "kind": "text"},
     {"step": "add:page1:99", "kind": "text"}, {"step": "add:page1:0", "kind": "script"},
     {"step": "page_remove:page1"}, {"step": "return:77"}, {"step": "column:a", "kind": "table"}],
)  # fmt: skip
def test_a_step_that_cannot_be_made_changes_nothing(step: dict[str, str]) -> None:
    form = make_form(make_spec({"a": field("text", "a")}), now=NOON)

    answer = post(DESIGNER, "fire-check/edit/step", edition=1, **step)

    assert answer.status_code in (303, 404)
    draft = queries.draft_of(form)
    assert draft is not None
    assert draft.edition == 1


def test_a_stale_step_is_told_and_not_made() -> None:
    make_form(now=NOON)
    post(DESIGNER, "fire-check/edit/step", edition=1, step="page")

    client = client_of(DESIGNER)
    client.post("/en/forms/fire-check/edit/step", {"key": "k2", "edition": 1, "step": "page"})

    assert FormVersion.objects.get().edition == 2
    assert "saved this form meanwhile" in text(client.get("/en/forms/fire-check/edit/"))


def field_data(**more: str) -> dict[str, str]:
    return {"label_zh": "煤气软管？", "label_en": "Gas hose?", "short": "k", "least": "", "most": "today",
            "lean": "past", "required": "on", **more}  # fmt: skip


def test_a_question_with_its_condition_is_edited_in_a_plain_form() -> None:
    form = make_form(now=NOON)
    data = field_data(if_match="any", if_0_field="gas", if_0_op="is", if_0_value="Yes",
                      if_1_field="people", if_1_op="at_least", if_1_value="10")  # fmt: skip
    answer = client_of(DESIGNER).post(
        "/en/forms/fire-check/edit/gas_hose/", {**data, "short": "hose", "edition": 1},
        headers={"Idempotency-Key": "k1"},
    )  # fmt: skip

    assert answer.status_code == 303, text(answer)
    draft = queries.draft_of(form)
    assert draft is not None
    one = queries.spec_of(draft).fields["hose"]
    assert one.show is not None
    assert [part.value for part in one.show.of] == [True, 10]
    assert (one.most, one.label.en) == ("today", "Gas hose?")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"most": "never"}, "This is not a date"),
        ({"if_match": "all"}, "Choose at least one question"),
        (
            {
                "if_match": "all",
                "if_0_field": "people",
                "if_0_op": "at_least",
                "if_0_value": "many",
            },
            "whole number",
        ),
        (
            {"if_match": "all", "if_0_field": "bike", "if_0_op": "is", "if_0_value": "moon"},
            "Choose one of the given",
        ),
        ({"short": "people"}, "stand only once"),
        ({"short": "Bad Key"}, "stand only once"),
        ({"edition": "7"}, "saved this form meanwhile"),
    ],
)
def test_what_is_wrong_with_a_question_is_told_and_what_was_typed_stays(
    more: dict[str, str], told: str
) -> None:
    make_form(now=NOON)
    answer = client_of(DESIGNER).post(
        "/en/forms/fire-check/edit/gas_hose/", {**field_data(), "short": "gas_hose", "edition": "1", **more},
        headers={"Idempotency-Key": "k1"},
    )  # fmt: skip

    assert answer.status_code in (409, 422)
    assert told in text(answer)
    assert "Gas hose?" in text(answer)
    assert FormVersion.objects.get().edition == 1


def test_what_is_computed_is_chosen_from_lists() -> None:
    form = make_form(now=NOON)
    data = {"label_zh": "平均", "label_en": "Mean", "short": "per_person", "decimals": "2", "result": "decimal",
            "rounding": "half", "of_op": "quotient", "of_0": "spent", "of_1_number": "12"}  # fmt: skip
    address = "/en/forms/fire-check/edit/per_person/"
    client_of(DESIGNER).post(address, {**data, "edition": 1}, headers={"Idempotency-Key": "k1"})

    draft = queries.draft_of(form)
    assert draft is not None
    made = queries.spec_of(draft).fields["per_person"].compute
    assert made is not None
    assert [(one.field, one.value) for one in made.of] == [("spent", ""), ("", "12")]
    wrong = client_of(DESIGNER).post(
        address, {**data, "of_1_number": "", "edition": 2}, headers={"Idempotency-Key": "k2"}
    )
    assert wrong.status_code == 422


def test_what_parts_joined_texts_stays_when_the_question_is_changed() -> None:
    one = field("computed", result="text")
    joined = {"op": "join", "of": [{"field": "a"}, {"field": "b"}], "between": " · "}
    spec = make_spec({"a": field("text"), "b": field("text"), "c": one}, compute={"c": joined})
    form = make_form(spec, now=NOON)
    data = {"label_zh": "全", "label_en": "All", "short": "c", "result": "text", "rounding": "half", "decimals": "0",
            "of_op": "join", "of_0": "b", "of_1": "a", "edition": "1"}  # fmt: skip

    answer = client_of(DESIGNER).post(
        "/en/forms/fire-check/edit/c/", data, headers={"Idempotency-Key": "k1"}
    )

    assert answer.status_code == 303, text(answer)
    draft = queries.draft_of(form)
    assert draft is not None
    made = queries.spec_of(draft).fields["c"].compute
    assert made is not None
    assert ([part.field for part in made.of], made.between) == (["b", "a"], " · ")


def imported(content: bytes) -> Any:
    data = {"title": "甲", "title_en": "A", "place": VILLAGE, "audience": "residents",
            "file": SimpleUploadedFile("form.json", content)}  # fmt: skip
    client = client_of(DESIGNER)
    return client.post(
        "/en/forms/new/", {**data, "short": "imported"}, headers={"Idempotency-Key": "i1"}
    )


def test_a_form_goes_to_another_installation_and_back() -> None:
    make_published(now=NOON)
    file = client_of(NOBODY).get("/en/forms/fire-check/versions/1/export/").content

    assert imported(file).status_code == 303
    form = Form.objects.get(key="imported")
    draft = queries.draft_of(form)
    assert draft is not None
    assert queries.spec_of(draft).fields == demo_spec().fields


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"schema": {}, "schema": {}}', b"[" * 100_000, b'{"schema": 1}',
     b"x" * 300_001, json.dumps({"schema": {"properties": {"A": {}}}}).encode()],
)  # fmt: skip
def test_a_file_that_is_no_form_is_told_beside_its_field(content: bytes) -> None:
    answer = imported(content)

    assert answer.status_code == 422
    assert not Form.objects.exists()
    assert 'id="id_file-err"' in text(answer)


def test_publishing_asks_for_what_is_missing_and_then_anybody_fills_in() -> None:
    make_form(now=NOON, audience=Audience.RESIDENTS)

    assert client_of(NOBODY).get("/en/forms/fire-check/try/").status_code == 404
    assert post(DESIGNER, "fire-check/publish", edition=1, basis="x").status_code == 303
    assert client_of(NOBODY).get("/en/forms/fire-check/try/").status_code == 200
    assert post(DESIGNER, "fire-check/retire", key="k2").status_code == 303
    assert client_of(NOBODY).get("/en/forms/fire-check/try/").status_code == 404


def test_tests_are_saved_run_and_thrown_away() -> None:
    make_form(now=NOON)
    given = json.dumps({"people": ["4"], "storeys": ["x"]})

    assert post(DESIGNER, "fire-check/tests/", name="few", given=given).status_code == 303
    page = text(client_of(DESIGNER).get("/en/forms/fire-check/tests/"))
    assert "few" in page and "passes" in page
    for number, wrong in enumerate(("", "{", "[]", '{"a": "b"}', "[" * 99_000)):
        told = post(DESIGNER, "fire-check/tests/", key=f"w{number}", name="n", given=wrong)
        assert told.status_code == 422, wrong[:20]
    test = FormTest.objects.get()
    post(DESIGNER, f"fire-check/tests/{test.pk}/drop", key="k9")
    assert not FormTest.objects.exists()


def test_a_title_that_is_empty_or_too_long_is_told_beside_its_field_and_nothing_changes() -> None:
    form = make_form(make_spec({"a": field("text", "a")}), now=NOON)

    empty = post(
        DESIGNER, "fire-check/edit/step", edition=1, step="head", title_zh="", title_en="A"
    )
    long = post(
        DESIGNER, "fire-check/edit/step", key="k2", edition=1,
        step="head", title_zh="长" * 121, title_en="Typed already",
    )  # fmt: skip

    assert (empty.status_code, long.status_code) == (422, 422)
    assert "Typed already" in text(long)
    draft = queries.draft_of(form)
    assert draft is not None
    assert draft.edition == 1


def test_every_kept_save_of_a_draft_can_be_gone_back_to() -> None:
    make_form(make_spec({"a": field("text", "a")}), now=NOON)
    for number in range(1, 16):
        post(DESIGNER, "fire-check/edit/step", key=f"p{number}", edition=number, step="page")

    shown = text(client_of(DESIGNER).get("/en/forms/fire-check/edit/"))

    assert [f"return:{n}" in shown for n in range(1, 16)] == [True] * 15
