"""An item with a form of its own: asked on the page, kept by version, sealed where it names people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.cases import permits as cases
from linli.cases.models import Case, CaseFile
from linli.cases.testing import NOON, VILLAGE
from linli.cases.tests.offices import person
from linli.files.testing import own_home
from linli.formkit.models import FormVersion
from linli.formkit.services import new_version, publish_version, save_draft_version
from linli.formkit.testing import DESIGNER, field, make_published, make_spec, options
from linli.kernel.errors import Invalid
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import client_of, post_json
from linli.offerings import permits
from linli.offerings.clients.applicants import opened_form
from linli.offerings.models import Application
from linli.offerings.queries.applications import overview_of
from linli.offerings.services.applying import apply_for
from linli.offerings.services.forgetting import forget_applicant
from linli.offerings.testing import PERMIT, as_offered
from linli.offerings.types.applications import Applicant, Applying
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
WHO = Applicant("陈大文", "11010519491231002X", "13800001234")
FIELDS: dict[str, Any] = {
    "rooms": field("whole", "几间房", required=True),
    "kin": field("phone", "家人电话", sealed=True, required=True),
    "pet": field("choice", "养宠物吗", options=options("dog", "none")),
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


APPLY = "/zh-hans/items/residence-permit/apply/"
CLERK = person(VILLAGE, permits.SEE, permits.RECEIVE, cases.SEE, account_id=7)
GIVEN = {"rooms": ["2"], "kin": ["13900001111"], "pet": ["dog"]}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    make_village("441900005001")
    as_offered(monkeypatch, {**PERMIT, "form": "about-home", "channels": ["counter", "online"]})
    with own_home(tmp_path, settings, NOON) as path:
        yield path


@pytest.fixture
def version() -> FormVersion:
    return make_published(make_spec(FIELDS), now=NOON, key="about-home")


def next_version(before: FormVersion) -> FormVersion:
    """Publish a second version that asks something else."""
    draft = new_version(before.form, actor=DESIGNER, now=NOON)
    spec = make_spec({"colour": field("text", "门的颜色", required=True)})
    saved = save_draft_version(
        draft, spec, edition=draft.edition, step="save", actor=DESIGNER, now=NOON
    )
    return publish_version(saved, edition=saved.edition, basis="test", actor=DESIGNER, now=NOON)


def wish(**more: Any) -> Applying:
    given = {"applicant": WHO, "answers": {"whose": "rented"}, **more}
    return Applying("residence-permit", "441900005001", **given)


def test_answers_are_kept_with_their_version_and_what_names_people_is_sealed(
    version: FormVersion,
) -> None:
    apply_for(wish(form=GIVEN), actor=NOBODY, now=NOON)

    row = Application.objects.get()
    assert (row.form_number, row.form_values) == (1, {"rooms": 2, "pet": "dog"})
    assert "13900001111" not in str(row.form_values)
    assert opened_form(row.form_sealed, row.pk) == {"kin": "+8613900001111"}
    it = overview_of(row.pk)
    assert it is not None
    assert ("几间房", "2") in it.form_lines


def test_a_form_that_changed_while_it_was_filled_in_is_taken_as_it_was_shown(
    version: FormVersion,
) -> None:
    next_version(version)

    apply_for(wish(form=GIVEN, form_number=1), actor=NOBODY, now=NOON)

    row = Application.objects.get()
    assert (row.form_number, row.form_values["rooms"]) == (1, 2)
    with pytest.raises(Invalid) as refused:
        apply_for(wish(form=GIVEN, form_number=2), actor=NOBODY, now=NOON)
    assert "f.colour" in refused.value.fields
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "field_name"),
    [
        ({}, "f.rooms"),
        ({**GIVEN, "rooms": ["two"]}, "f.rooms"),
        ({**GIVEN, "kin": ["12"]}, "f.kin"),
    ],
)
def test_what_is_wrong_stands_at_its_question_and_nothing_is_kept(
    given: dict[str, list[str]], field_name: str, version: FormVersion
) -> None:
    with pytest.raises(Invalid) as refused:
        apply_for(wish(form=given, form_number=99), actor=NOBODY, now=NOON)

    assert field_name in refused.value.fields
    assert not Case.objects.exists()


def test_without_a_published_form_the_item_is_applied_for_without_it() -> None:
    apply_for(wish(form=GIVEN), actor=NOBODY, now=NOON)

    assert Application.objects.get().form_number is None


def test_what_was_answered_is_forgotten_with_her(version: FormVersion) -> None:
    apply_for(wish(form=GIVEN, person_id=5), actor=NOBODY, now=NOON)

    forget_applicant(5, actor=system_actor("offerings.forget"), now=NOON)

    row = Application.objects.get()
    assert (row.form_values, row.form_sealed) == ({}, None)


def page(**more: Any) -> dict[str, Any]:
    return {
        "place": "441900005001", "whose": "rented", "name": "陈大文", "phone": "13800001234",
        "delivery": "counter", "uuid": str(uuid4()), "key": str(uuid4()), "form_number": "1",
        "f.rooms": "2", "f.kin": "13900001111", **more,
    }  # fmt: skip


def test_the_page_asks_keeps_what_was_typed_and_takes_a_pdf(version: FormVersion) -> None:
    client = Client()
    shown = client.get(APPLY, {"place": "441900005001", "whose": "rented"}).content.decode()
    assert 'name="f.rooms"' in shown

    wrong = client.post(APPLY, page(**{"f.rooms": "many"}))
    assert wrong.status_code == 422
    assert 'value="many"' in wrong.content.decode()
    paper = SimpleUploadedFile("合同.pdf", PDF, "application/pdf")
    sent = client.post(APPLY, page(photo_lease=paper))

    assert sent.status_code == 303, sent.content.decode()
    assert CaseFile.objects.get().file.kind == "pdf"
    sheet = (
        client_of(CLERK).get(f"/zh-hans/desk/cases/{Case.objects.get().number}/").content.decode()
    )
    assert re.search("几间房", sheet)
    assert "13900001111" not in sheet


def test_programs_answer_the_form_and_read_it_back(version: FormVersion) -> None:
    body = {
        "item": "residence-permit", "place": "441900005001", "answers": {"whose": "rented"},
        "applicant": {"name": "陈大文", "phone": "13800001234"},
        "form": {"rooms": "2", "kin": "13900001111"}, "form_number": 1,
    }  # fmt: skip
    made = post_json(Client(), "/api/v1/applications/", body)

    assert made.status_code == 201, made.content
    told = made.json()
    address = f"/api/v1/applications/{told['number']}/"
    read = Client().get(address, headers={"Follow-Code": told["code"]}).json()
    assert read["answers"] == [{"question": "几间房", "answer": "2"}]
