"""Building and publishing: who may, what is refused, and what never changes."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.formkit import queries, services
from linli.formkit.errors import DraftThere, NotAForm, NotClean, SavedMeanwhile
from linli.formkit.models import Form, FormRevision, FormVersion
from linli.formkit.rules.edits import add_field, remove_field
from linli.formkit.rules.writing import write_spec
from linli.formkit.services import Head
from linli.formkit.services.trials import Trial
from linli.formkit.testing import (
    DESIGNER,
    demo_spec,
    field,
    make_form,
    make_published,
    make_spec,
    spec_json,
)
from linli.formkit.types import PLACES_UNDER, Audience, Kind, Words
from linli.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.registries import PATH_OF
from linli.kernel.testing import OTHER_TOWN, VILLAGE, make_actor
from linli.trail.models import Entry

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
STRANGER = make_actor("stranger", account_id=77)
ELSEWHERE = make_actor("elsewhere", account_id=78, at=OTHER_TOWN)
ANNE = make_actor("anne", account_id=5)
PURPOSE = "test"
pytestmark = pytest.mark.django_db


def draft(form: Form) -> FormVersion:
    found = queries.draft_of(form)
    assert found is not None
    return found


def save(version: FormVersion, edition: int, actor: Actor = DESIGNER) -> FormVersion:
    spec, _key = add_field(queries.spec_of(version), Kind.TEXT, page="you", section=0)
    return services.save_draft_version(
        version, spec, edition=edition, step="add", actor=actor, now=NOON
    )


@pytest.mark.parametrize("actor", [NOBODY, STRANGER, ELSEWHERE])
def test_only_designers_of_the_place_build_and_publish(actor: Actor) -> None:
    form = make_form(now=NOON)
    version = draft(form)
    head = Head("other", Words("甲", "A"), VILLAGE, Audience.RESIDENTS)
    before = (Form.objects.count(), FormRevision.objects.count())

    for attempt in (
        lambda: services.create_form(head, actor=actor, now=NOON),
        lambda: save(version, 1, actor),
        lambda: services.new_version(form, actor=actor, now=NOON),
        lambda: services.return_to(version, 1, edition=1, actor=actor, now=NOON),
        lambda: services.publish_version(version, edition=1, basis="", actor=actor, now=NOON),
        lambda: services.name_form(form, Words("乙", "B"), actor=actor, now=NOON),
        lambda: services.retire_version(version, actor=actor, now=NOON),
        lambda: services.drop_test(form, 1, actor=actor, now=NOON),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert (Form.objects.count(), FormRevision.objects.count()) == before


@pytest.mark.parametrize("key", ["", "x", "Fire", "a b", "-ab", "a/b", "fire-check"])
def test_a_short_name_fits_into_an_address_and_is_given_once(key: str) -> None:
    make_form(now=NOON)
    head = Head(key, Words("甲", "A"), VILLAGE, Audience.RESIDENTS)

    with pytest.raises(Invalid):
        services.create_form(head, actor=DESIGNER, now=NOON)


def test_titles_that_are_too_long_are_refused_in_words() -> None:
    form = make_form(now=NOON)
    title = Words("长" * 121, "A" * 201)
    head = Head("other", title, VILLAGE, Audience.RESIDENTS)

    for attempt in (
        lambda: services.create_form(head, actor=DESIGNER, now=NOON),
        lambda: services.name_form(form, title, actor=DESIGNER, now=NOON),
    ):
        with pytest.raises(Invalid) as refusal:
            attempt()
        assert set(refusal.value.fields) == {"title", "title_en"}
    fits = Words(" " + "长" * 120 + " ", "A" * 200)
    assert services.name_form(form, fits, actor=DESIGNER, now=NOON).title == "长" * 120


@pytest.mark.django_db(transaction=True)
def test_of_two_forms_of_one_short_name_at_once_one_is_told() -> None:
    told: list[str] = []
    ready = threading.Barrier(2)

    def work() -> None:
        try:
            ready.wait()
            make_form(now=NOON)
            told.append("made")
        except Invalid:
            told.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["made", "told"]


def test_every_step_locks_the_form_first_so_that_none_waits_for_another() -> None:
    form = make_form(now=NOON)
    version = draft(form)
    steps = (
        lambda: services.publish_version(version, edition=1, basis="", actor=DESIGNER, now=NOON),
        lambda: save(services.new_version(form, actor=DESIGNER, now=NOON), 1),
        lambda: services.retire_version(version, actor=DESIGNER, now=NOON),
    )
    for step in steps:
        with CaptureQueriesContext(connection) as told:
            step()
        locks = [
            one["sql"].partition("FROM ")[2].split()[0]
            for one in told.captured_queries
            if "FOR UPDATE" in one["sql"]
        ]
        assert locks[0] == '"formkit_form"' and '"formkit_formversion"' in locks
        assert not any(
            "JOIN" in one["sql"] for one in told.captured_queries if "FOR UPDATE" in one["sql"]
        )


def test_what_is_no_form_is_not_imported() -> None:
    head = Head("import", Words("甲", "A"), VILLAGE, Audience.RESIDENTS)

    with pytest.raises(NotAForm):
        services.import_form(head, {"schema": 3}, actor=DESIGNER, now=NOON)
    assert not Form.objects.exists()
    services.import_form(head, write_spec(demo_spec()), actor=DESIGNER, now=NOON)
    assert queries.spec_of(draft(Form.objects.get())).fields == demo_spec().fields


def test_texts_of_an_uploaded_form_come_without_signs_that_nobody_sees() -> None:
    head = Head("import", Words("甲", "A"), VILLAGE, Audience.RESIDENTS)
    fields = {"a": field("text", "na\u202eme\u200b")}

    services.import_form(head, spec_json(fields), actor=DESIGNER, now=NOON)
    with pytest.raises(NotAForm):
        services.import_form(
            replace(head, key="other"),
            spec_json({"a\u200b": field("text")}),
            actor=DESIGNER,
            now=NOON,
        )
    assert queries.spec_of(draft(Form.objects.get())).fields["a"].label == Words("name", "name")


def test_a_place_is_taken_if_and_only_if_the_list_offers_it(monkeypatch: Any) -> None:
    offered = [("441900990001", "榕树")]
    monkeypatch.setattr(PLACES_UNDER, "_function", lambda root: offered)
    # where the place stands now does not matter, nor does a place that the list does not have
    monkeypatch.setattr(PATH_OF, "_function", lambda code: f"moved/{code}/")
    version = draft(make_form(make_spec({"p": field("place", root="441900/")}), now=NOON))

    def told(code: str) -> set[str]:
        reading = queries.read_answers(version, {"p": [code]}, {}, today=NOON.date())
        return {one.code for found in reading.faults.values() for one in found}

    assert told("441900990001") == set()
    assert told("441900990002") == {"not_a_place"}
    monkeypatch.setattr(PATH_OF, "_function", lambda code: f"441900/{code}/")
    assert told("441900990002") == {"not_a_place"}


def test_a_saved_test_judges_places_as_it_was_judged_when_it_was_saved(monkeypatch: Any) -> None:
    monkeypatch.setattr(PLACES_UNDER, "_function", lambda root: [])
    form = make_form(make_spec({"p": field("place", root="441900/")}), now=NOON)
    trial = Trial("p", {"p": ["441900990001"]}, {"p": "not_a_place"}, {}, NOON.date())
    services.save_test(form, trial, actor=DESIGNER, now=NOON)

    assert [one.has_passed for one in queries.run_tests(draft(form))] == [True]


def test_whoever_saves_on_an_older_edition_is_told_by_whom_and_loses_nothing() -> None:
    version = draft(make_form(now=NOON))
    other = make_actor("other designer", *_permits(), account_id=12)
    save(version, 1, other)

    with pytest.raises(SavedMeanwhile, match="other designer"):
        save(version, 1)
    assert FormVersion.objects.get().edition == 2
    assert FormRevision.objects.count() == 2


def _permits() -> list[Any]:
    from linli.formkit import permits

    return [permits.DESIGN]


def test_one_returns_to_an_earlier_save_by_a_new_one() -> None:
    version = draft(make_form(now=NOON))
    saved = save(version, 1)

    services.return_to(saved, 1, edition=2, actor=DESIGNER, now=NOON)

    assert queries.spec_of(FormVersion.objects.get()).fields == demo_spec().fields
    assert [r.step for r in queries.revisions_of(saved)] == ["returned", "add", "begun"]
    with pytest.raises(NotFound):
        services.return_to(saved, 99, edition=3, actor=DESIGNER, now=NOON)


def test_a_form_with_faults_is_not_published_and_nothing_changes() -> None:
    form = make_form(make_spec({"a": field("identity")}), now=NOON)

    with pytest.raises(NotClean):
        services.publish_version(draft(form), edition=1, basis="", actor=DESIGNER, now=NOON)
    assert draft(form).state == "draft"
    assert not Entry.objects.filter(verb="formkit.published").exists()


def test_a_form_for_staff_needs_its_basis() -> None:
    """BU-12."""
    form = make_form(now=NOON, audience=Audience.STAFF)
    spec = remove_field(queries.spec_of(draft(form)), "photos")
    services.save_draft_version(
        draft(form), spec, edition=1, step="remove", actor=DESIGNER, now=NOON
    )

    with pytest.raises(Invalid):
        services.publish_version(draft(form), edition=2, basis=" ", actor=DESIGNER, now=NOON)
    done = services.publish_version(
        draft(form), edition=2, basis="粤府〔2026〕1号", actor=DESIGNER, now=NOON
    )
    assert done.basis == "粤府〔2026〕1号"


def test_a_new_version_takes_the_place_of_the_old_which_stays_as_it_was() -> None:
    first = make_published(now=NOON)
    spec, checksum = dict(first.spec), first.checksum
    second = services.new_version(first.form, actor=DESIGNER, now=NOON)
    with pytest.raises(DraftThere):
        services.new_version(first.form, actor=DESIGNER, now=NOON)
    second = save(second, 1)
    queries_before = queries.get_published(NOBODY, "fire-check")

    services.save_draft_version(
        second, demo_spec(), edition=2, step="field", actor=DESIGNER, now=NOON
    )
    services.publish_version(second, edition=3, basis="", actor=DESIGNER, now=NOON)

    first.refresh_from_db()
    assert (queries_before.number, first.state, first.spec, first.checksum) == (
        1,
        "retired",
        spec,
        checksum,
    )
    assert queries.get_published(NOBODY, "fire-check").number == 2
    with pytest.raises(WrongState):
        save(first, 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE formkit_formversion SET spec = '{}'",
        "UPDATE formkit_formversion SET basis = 'x'",
        "UPDATE formkit_formversion SET state = 'draft', published_at = NULL, checksum = ''",
        "DELETE FROM formkit_formversion",
        "UPDATE formkit_formrevision SET step = 'x'",
        "DELETE FROM formkit_formrevision",
    ],
)
def test_a_published_version_edited_by_sql_is_refused(statement: str) -> None:
    make_published(now=NOON)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_even_a_superuser_does_not_change_a_published_version(admin_db: Any) -> None:
    version = make_published(now=NOON)

    with pytest.raises(psycopg.DatabaseError, match="published"):
        admin_db.execute("UPDATE formkit_formversion SET basis = 'x'")
    version.refresh_from_db()
    assert (version.state, version.basis) == ("published", "test")


def test_a_failing_test_keeps_a_version_from_being_published() -> None:
    form = make_form(now=NOON)
    trial = Trial("age", {"born": ["1960-01-02"]}, {}, {"age": 1}, NOON.date())
    services.save_test(form, trial, actor=DESIGNER, now=NOON)

    with pytest.raises(NotClean):
        services.publish_version(draft(form), edition=1, basis="", actor=DESIGNER, now=NOON)
    outcome = queries.run_tests(draft(form))[0]
    assert not outcome.has_passed
    services.drop_test(form, outcome.test.pk, actor=DESIGNER, now=NOON)
    services.publish_version(draft(form), edition=1, basis="", actor=DESIGNER, now=NOON)


def test_residents_do_not_see_forms_of_staff_or_drafts() -> None:
    version = make_published(now=NOON, audience=Audience.RESIDENTS)
    later = services.new_version(version.form, actor=DESIGNER, now=NOON)

    assert queries.get_published(NOBODY, "fire-check") == version
    with pytest.raises(NotFound):
        queries.get_version(NOBODY, "fire-check", later.number)
    with pytest.raises(NotFound):
        queries.get_form(STRANGER, "fire-check")
    Form.objects.update(audience=Audience.STAFF)
    with pytest.raises(NotFound):
        queries.get_published(NOBODY, "fire-check")
    with pytest.raises(NotFound):
        queries.get_version(NOBODY, "fire-check", version.number)
    assert queries.get_published(DESIGNER, "fire-check") == version


@pytest.mark.django_db(transaction=True)
def test_of_two_designers_at_once_one_is_told() -> None:
    version = draft(make_form(now=NOON))
    told: list[str] = []
    ready = threading.Barrier(2)

    def work() -> None:
        try:
            ready.wait()
            save(version, 1)
            told.append("saved")
        except SavedMeanwhile:
            told.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["saved", "told"]
    assert FormVersion.objects.get().edition == 2


def test_every_state_and_move() -> None:
    from linli.formkit.states import VERSION

    for state in VERSION.states:
        moves = {move.name for move in VERSION.moves_from(state)}
        assert moves == {"draft": {"publish"}, "published": {"retire"}, "retired": set()}[state]
