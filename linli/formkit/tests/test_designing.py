"""Building and publishing: who may, what is refused, and what never changes."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from linli.formkit import queries, services
from linli.formkit.errors import DraftThere, NotAForm, NotClean, SavedMeanwhile
from linli.formkit.models import Form, FormRevision, FormVersion
from linli.formkit.rules.edits import add_field, remove_field
from linli.formkit.rules.writing import write_spec
from linli.formkit.services import Head
from linli.formkit.services.trials import Trial
from linli.formkit.testing import DESIGNER, demo_spec, field, make_form, make_published, make_spec
from linli.formkit.types import Audience, Kind, Words
from linli.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from linli.kernel.permits import NOBODY, Actor
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


def test_what_is_no_form_is_not_imported() -> None:
    head = Head("import", Words("甲", "A"), VILLAGE, Audience.RESIDENTS)

    with pytest.raises(NotAForm):
        services.import_form(head, {"schema": 3}, actor=DESIGNER, now=NOON)
    assert not Form.objects.exists()
    services.import_form(head, write_spec(demo_spec()), actor=DESIGNER, now=NOON)
    assert queries.spec_of(draft(Form.objects.get())).fields == demo_spec().fields


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


def test_even_a_superuser_does_not_change_a_published_version(admin_db: Any) -> None:
    version = make_published(now=NOON)

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'formkit_formversion'::regclass"
        )
        names = {row[0] for row in cursor.fetchall()}
    assert "formkit_formversion_stays" in names
    assert version.state == "published"


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
