"""What a category asks: on the resident's page, at the counter, over the API; also while the form changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from linli.access.testing import make_post
from linli.cases import permits
from linli.cases.models import Case, CaseEvent, Category, PublicWords, RoutingRule, RuleSet
from linli.cases.testing import NOON, VILLAGE, faults
from linli.cases.tests.report_form import CODE, FORM, given
from linli.formkit import permits as form_permits
from linli.formkit import services as forms
from linli.formkit.models import Form
from linli.formkit.testing import field, make_published, make_spec, options
from linli.kernel.paths import CITY_PATH
from linli.kernel.testing import client_of, make_actor, post_json
from linli.orgs.testing import make_holding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
DESIGNER = make_actor("designer", form_permits.DESIGN, at=CITY_PATH, account_id=11)
FIELDS: dict[str, Any] = {
    "pole": field("text", "灯杆编号", required=True),
    "state": field("choice", "怎么坏的", options=options("dark", "flickers"), required=True),
    "count": field("whole", "几盏", least=1, most=50),
    "where": field("text", "哪一侧"),
    "who": field("text", "谁的灯", sealed=True),
}
SHOW = {"count": {"op": "is", "field": "state", "value": "dark"}}
SEEN = {"asked": "street-lamp.1", "answer-pole": "A-12", "answer-state": "dark"}
API = "/api/v1/reports/"


@pytest.fixture
def lamps() -> Category:
    make_published(
        make_spec(FIELDS, show=SHOW), now=NOON, actor=DESIGNER, key="report-street-lamp",
        place=CITY_PATH,
    )  # fmt: skip
    return Category.objects.get(code="street_lamp")


def change_form() -> None:
    """Publish a second version that asks something else."""
    form = Form.objects.get(key="report-street-lamp")
    draft = forms.new_version(form, actor=DESIGNER, now=NOON + timedelta(hours=1))
    spec = make_spec({"colour": field("text", "什么颜色", required=True)})
    draft = forms.save_draft_version(
        draft,
        spec,
        edition=draft.edition,
        step="asked",
        actor=DESIGNER,
        now=NOON + timedelta(hours=1),
    )
    forms.publish_version(
        draft, edition=draft.edition, basis="t", actor=DESIGNER, now=NOON + timedelta(hours=2)
    )


def test_the_questions_come_once_before_the_report_is_sent_and_its_words_hold_the_answers(
    lamps: Category,
) -> None:
    client = Client()

    first = client.post(FORM, given(category=lamps.pk))
    page = first.content.decode()
    faulty = client.post(FORM, given(category=lamps.pk, **{**SEEN, "answer-state": ""}))
    sent = client.post(FORM, given(category=lamps.pk, **SEEN, **{"answer-count": "3"}))

    assert first.status_code == 200 and 'name="answer-pole"' in page and "street-lamp.1" in page
    # a question called as a field of ours is its own
    assert 'name="answer-who"' in page and 'name="answer-where"' in page
    assert faulty.status_code == 422 and 'href="#id_answer-state"' in faulty.content.decode()
    assert 'value="A-12"' in faulty.content.decode()
    assert sent.status_code == 303 and Case.objects.count() == 1
    said = PublicWords.objects.get().said["text"]
    assert said.startswith("榕树巷12号\n路灯不亮\n灯杆编号：A-12") and "几盏：3" in said
    assert Case.objects.get().title == "路灯不亮", "what the category asked stands in no title"
    assert faults() == []


def test_a_rule_that_looks_at_an_answer_sends_the_report(lamps: Category) -> None:
    post = make_post()
    make_holding(post)
    rules = RuleSet.objects.create(
        path=VILLAGE,
        title="rules",
        state="in_force",
        since=date(2020, 1, 1),
        made_at=NOON,
        made_by="x",
    )
    rule = RoutingRule.objects.create(
        rule_set=rules, order=1, title="dark", org_id=post.organisation_id, post_id=post.pk,
        answers={"state": ["dark"]},
    )  # fmt: skip

    Client().post(FORM, given(category=lamps.pk, **SEEN))

    route = CaseEvent.objects.get(move="offer").facts["route"]
    assert route["rule"] == rule.pk and route["answers"] == {"state": "dark"}


def test_a_form_that_changed_meanwhile_asks_nobody_a_second_time(lamps: Category) -> None:
    client = Client()
    change_form()

    fresh = client.post(FORM, given(category=lamps.pk))
    sent = client.post(FORM, given(category=lamps.pk, **SEEN))

    assert "answer-colour" in fresh.content.decode()
    assert sent.status_code == 303
    assert "灯杆编号：A-12" in PublicWords.objects.get().said["text"]


@pytest.mark.parametrize("mark", ["street-lamp.2", "other.1", "street-lamp.1.1", "x"])
def test_a_mark_of_no_version_of_this_form_asks_again(lamps: Category, mark: str) -> None:
    answer = Client().post(FORM, given(category=lamps.pk, **{**SEEN, "asked": mark}))

    assert answer.status_code == 200 and 'value="street-lamp.1"' in answer.content.decode()
    assert not Case.objects.exists()


def test_what_waited_without_network_goes_without_answers_and_12388_asks_nothing(
    lamps: Category,
) -> None:
    official = Client().post(FORM, given(category=lamps.pk, matter="official"))
    sent = Client().post(FORM, given(category=lamps.pk, seen="1q"))

    assert "answer-pole" not in official.content.decode()
    assert sent.status_code == 303 and Case.objects.count() == 1


def test_the_open_page_gets_the_questions_of_a_category_alone(lamps: Category) -> None:
    part = Client().get(FORM, {"questions": lamps.pk}).content.decode()

    assert 'name="answer-state"' in part and "<html" not in part
    for nothing in ("", "0", "999999", "x"):
        assert Client().get(FORM, {"questions": nothing}).content.decode().strip() == ""


def test_the_counter_asks_the_person_before_it_takes_the_report_down(lamps: Category) -> None:
    client = client_of(make_actor("clerk", permits.INTAKE, at=VILLAGE))
    typed = given(channel="counter", category=lamps.pk)

    first = client.post("/zh-hans/report/counter/", typed)
    sent = client.post("/zh-hans/report/counter/", {**given(**typed), **SEEN, "key": "k2"})

    assert first.status_code == 200 and 'name="answer-pole"' in first.content.decode()
    assert sent.status_code == 303
    assert "灯杆编号：A-12" in PublicWords.objects.get().said["text"]


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        ({}, "answers.pole"),
        ({"pole": "A-12", "state": "gone"}, "answers.state"),
        ({"pole": "A-12", "state": "dark", "count": "51"}, "answers.count"),
        ({"pole": "A-12", "state": "dark", "colour": "x"}, "answers.colour"),
    ],
)
def test_a_program_is_told_which_answer_is_wrong_and_nothing_is_kept(
    lamps: Category, answers: dict[str, str], named: str
) -> None:
    sent = {"text": "路灯不亮", "place": CODE, "category": lamps.pk, "answers": answers}

    answer = post_json(Client(), API, sent)

    assert answer.status_code == 422 and named in answer.json()["fields"]
    assert not Case.objects.exists()


def test_a_program_sends_answers_to_the_version_that_it_showed(lamps: Category) -> None:
    change_form()
    sent = {
        "text": "路灯不亮", "place": CODE, "category": lamps.pk,
        "answers": {"pole": "A-12", "state": "dark"},
    }  # fmt: skip

    late = post_json(Client(), API, sent)
    answer = post_json(Client(), API, {**sent, "form_version": 1})

    assert late.status_code == 422 and answer.status_code == 201
    assert "怎么坏的：dark" in PublicWords.objects.get().said["text"]
