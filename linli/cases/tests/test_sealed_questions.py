"""Questions of a category under seal and tables: asked on every channel, kept apart, opened with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils.html import escape

from linli.cases import permits
from linli.cases.models import Case, CaseEvent, Category, PublicWords, Reporter
from linli.cases.queries.questions import spoken_of
from linli.cases.services.contacts import reveal_sealed
from linli.cases.services.forgetting import forget_reporter
from linli.cases.testing import NOON, VILLAGE, faults
from linli.cases.tests.report_form import CODE, FORM, given
from linli.formkit import permits as form_permits
from linli.formkit.testing import field, make_published, make_spec
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import VAULT, system_actor
from linli.kernel.testing import client_of, make_actor, post_json
from linli.trail.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
DESIGNER = make_actor("designer", form_permits.DESIGN, at=CITY_PATH, account_id=11)
CLERK = make_actor("clerk", permits.CONTACT, permits.INTAKE, permits.SEE, at=VILLAGE, ceiling=VAULT)
FIELDS: dict[str, Any] = {
    "alone": field("yesno", "独自居住吗", sealed=True, required=True),
    "keeper": field("text", "钥匙在哪里"),
    "phone": field("phone", "家人电话", sealed=True),
    "dark": field("yesno", "全黑吗"),
    "lamps": field(
        "table", "哪几盏", max_rows=3,
        columns={"pole": field("text", "灯杆", required=True), "count": field("whole", "几盏", least=1)},
    ),
    "homes": field(
        "table", "哪几户", columns={"name": field("text", "谁", sealed=True), "age": field("whole", "几岁")},
    ),
}  # fmt: skip
# who reads where the key is knows that she lives alone
SHOW = {"keeper": {"op": "is", "field": "alone", "value": True}}
SECRETS = ("13900001234", "门垫下", "冼阿婆")
TYPED = {
    "asked": "street-lamp.1", "answer-alone": "yes", "answer-keeper": "门垫下", "answer-dark": "yes",
    "answer-phone": "13900001234", "answer-homes-0-name": "冼阿婆", "answer-homes-0-age": "81",
    "answer-lamps-0": "1", "answer-lamps-0-pole": "A-12", "answer-lamps-0-count": "2",
    "answer-lamps-1": "1", "answer-lamps-1-pole": "", "answer-lamps-1-count": "",
    "answer-lamps-2": "1", "answer-lamps-2-pole": "B-7", "answer-lamps-2-count": "",
}  # fmt: skip
SAID = "榕树巷12号\n路灯不亮\n全黑吗：是\n哪几盏 1：灯杆 A-12，几盏 2\n哪几盏 2：灯杆 B-7"


@pytest.fixture
def lamps() -> Category:
    spec = make_spec(FIELDS, show=SHOW)
    make_published(spec, now=NOON, actor=DESIGNER, key="report-street-lamp", place=CITY_PATH)
    return Category.objects.get(code="street_lamp")


def held_in_the_open() -> set[str]:
    """Return the secrets that stand readable in any row of the apps that a report touches."""
    labels = ("cases", "trail", "notify", "runtime", "notices", "exchange")
    rows = [
        str(row)
        for label in labels
        for model in apps.get_app_config(label).get_models()
        for row in model._default_manager.values()
    ]
    return {secret for secret in SECRETS if any(secret in row for row in rows)}


def told_to(actor: Any) -> str:
    found = reveal_sealed(Case.objects.get(), "call the family", actor=actor, now=NOON)
    return str([(one.label, one.text, one.rows) for one in found.answers])


@pytest.mark.parametrize("channel", ["page", "counter", "phone"])
def test_what_is_sealed_lies_apart_and_a_table_stands_in_the_words(
    lamps: Category, channel: str
) -> None:
    client = Client() if channel == "page" else client_of(CLERK)
    to = FORM if channel == "page" else "/zh-hans/report/counter/"
    more = {} if channel == "page" else {"channel": channel}

    asked = client.post(to, given(category=lamps.pk, **more)).content.decode()
    sent = client.post(to, given(category=lamps.pk, **more, **TYPED))

    assert 'name="answer-phone"' in asked and 'name="answer-lamps-0-pole"' in asked
    assert sent.status_code == 303
    assert PublicWords.objects.get().said["text"] == SAID
    assert held_in_the_open() == set()
    assert all(one in told_to(CLERK) for one in SECRETS)
    assert faults() == []


def test_no_rule_sends_a_report_by_what_is_sealed_or_hangs_on_it(lamps: Category) -> None:
    Client().post(FORM, given(category=lamps.pk, **TYPED))

    facts = str(list(CaseEvent.objects.values_list("facts", flat=True)))
    assert "alone" not in facts and "keeper" not in facts
    version = form_version()
    assert [one.key for one in spoken_of(version)] == ["dark"]


def form_version() -> Any:
    from linli.formkit.models import FormVersion

    return FormVersion.objects.select_related("form").get(form__key="report-street-lamp")


def test_a_program_sends_tables_as_rows_and_reads_no_sealed_answer_back(lamps: Category) -> None:
    answers: dict[str, Any] = {
        "alone": "yes", "keeper": "门垫下", "phone": "13900001234", "dark": "yes",
        "lamps": [{"pole": "A-12", "count": "2"}, {"pole": "B-7"}],
        "homes": [{"name": "冼阿婆", "age": "81"}],
    }  # fmt: skip
    body = {"text": "路灯不亮", "where": "榕树巷12号", "place": CODE, "category": lamps.pk}

    filed = post_json(Client(), "/api/v1/reports/", {**body, "answers": answers})
    code = {"Follow-Code": filed.json()["code"]}
    seen = Client().get(f"/api/v1/reports/{filed.json()['number']}/", headers=code)

    assert filed.status_code == 201, filed.content
    assert PublicWords.objects.get().said["text"] == SAID
    assert held_in_the_open() == set() and seen.status_code == 200
    assert not any(one in seen.content.decode() for one in SECRETS)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"lamps": "A-12"}, "answers.lamps"),
        ({"lamps": [{"colour": "red"}]}, "answers.lamps"),
        ({"lamps": [{"count": "2"}]}, "answers.lamps.0.pole"),
        ({"lamps": [{"pole": str(n)} for n in range(4)]}, "answers.lamps"),
        ({"dark": [{"pole": "1"}]}, "answers.dark"),
        ({"alone": ""}, "answers.alone"),
    ],
)
def test_a_program_is_told_which_cell_is_wrong(
    lamps: Category, wrong: dict[str, Any], named: str
) -> None:
    body = {"text": "路灯不亮", "place": CODE, "category": lamps.pk}

    answer = post_json(Client(), "/api/v1/reports/", {**body, "answers": {"alone": "no", **wrong}})

    assert answer.status_code == 422 and named in answer.json()["fields"]
    assert not Case.objects.exists()


def test_without_a_script_a_table_gets_a_row_more_and_loses_nothing(lamps: Category) -> None:
    more = {key: value for key, value in TYPED.items() if "-2" not in key}

    page = Client().post(
        FORM, given(category=lamps.pk, **{**more, "answer-alone": ""}, more_rows="lamps")
    )

    text = page.content.decode()
    assert page.status_code == 200 and not Case.objects.exists()
    assert 'name="answer-lamps-2-pole"' in text and 'name="answer-lamps-3' not in text
    assert 'value="A-12"' in text and escape("门垫下") in text
    assert "data-faults" not in text, "nobody is judged for asking for a row"


def test_what_is_wrong_in_a_cell_stands_beside_it(lamps: Category) -> None:
    wrong = {**TYPED, "answer-lamps-0-count": "none"}

    page = Client().post(FORM, given(category=lamps.pk, **wrong))

    assert page.status_code == 422
    assert 'href="#id_answer-lamps-0-count"' in page.content.decode()


def test_the_open_page_knows_what_every_category_asks(lamps: Category) -> None:
    ahead = Client().get(FORM, {"questions": "all"}).content.decode()

    assert f'<template data-category="{lamps.pk}">' in ahead
    assert 'name="answer-lamps-0-pole"' in ahead and "<html" not in ahead


def test_who_may_not_open_a_contact_opens_no_answer_and_an_erasure_takes_it_along(
    lamps: Category,
) -> None:
    Client().post(FORM, given(category=lamps.pk, **TYPED))
    number = Case.objects.get().number
    handler = client_of(make_actor("handler", permits.HANDLE, permits.SEE, at=VILLAGE))
    opened = client_of(CLERK).post(
        f"/zh-hans/report/contact/{number}/", {"reason": "call the family"}
    )

    assert handler.get(f"/zh-hans/report/contact/{number}/").status_code == 404
    assert "冼阿婆" in opened.content.decode()
    assert Entry.objects.filter(verb="read", details__contains={"fields": ["answers"]}).exists()
    forget_reporter(Case.objects.get().pk, actor=system_actor("cases.forget"), now=NOON)
    assert Reporter.objects.get().answers is None


def test_an_accusation_under_seal_is_led_elsewhere_too(lamps: Category) -> None:
    accusing = {**TYPED, "answer-keeper": "村委会主任贪污公款"}

    page = Client().post(FORM, given(category=lamps.pk, **accusing))

    assert page.status_code == 200 and "12388" in page.content.decode()
    assert not Case.objects.exists()
