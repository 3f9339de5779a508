"""Whoever applied for somebody else has her own particulars deleted and copied, never that person's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from linli.access.events import AccountErased
from linli.access.testing import make_account
from linli.cases.models import Case, PublicWords, Reporter
from linli.cases.models.contacts import contact_of
from linli.cases.services.forgetting import forget_account, note_helped
from linli.cases.testing import NOON, faults
from linli.kernel.errors import NotAllowed
from linli.kernel.own_data import Herself
from linli.kernel.permits import NOBODY, Actor
from linli.offerings import listeners, tasks
from linli.offerings.clients.applicants import opened
from linli.offerings.models import Application
from linli.offerings.queries.applications import overview_of
from linli.offerings.services import own_data
from linli.offerings.services.applying import apply_for
from linli.offerings.services.forgetting import forget_applications
from linli.offerings.testing import PENSION, SYSTEM, as_offered
from linli.offerings.types.applications import Applicant, Applying
from linli.people.testing import make_person
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
CODE, ID = "441900005001", "11010519491231002X"
MOTHER = Applicant("陈桂英", ID, "13800005678", agent_name="陈小文", agent_phone="13800001234")


@pytest.fixture
def daughter(monkeypatch: pytest.MonkeyPatch) -> Actor:
    make_village(CODE)
    as_offered(monkeypatch, PENSION)
    account = make_account(kind="resident", display_name="陈小文")
    return Actor(account.pk, make_person(name="陈小文").pk, "daughter", ())


def filed(actor: Actor, applicant: Applicant, whose: str, **more: Any) -> Application:
    wish = Applying(
        "residence-permit", CODE, applicant, answers={"whose": whose}, is_mine=True, **more
    )
    return Application.objects.get(pk=apply_for(wish, actor=actor, now=NOON).case_id)


def test_who_erases_her_account_leaves_the_application_of_whom_she_helped_whole(
    daughter: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PIPL art. 47: what is deleted is hers; the application of somebody else goes on."""
    helped = filed(daughter, MOTHER, "other", agent_relation="family")
    own = filed(daughter, Applicant("陈小文", phone="13800001234"), "self")
    given: list[list[int]] = []
    monkeypatch.setattr(
        tasks.forget_applications, "defer", lambda *, case_ids: given.append(case_ids)
    )
    listeners.on_account_erased(AccountErased(daughter.account_id or 0, daughter.person_id))

    assert sorted(given[0]) == sorted([helped.pk, own.pk])
    assert forget_applications(given[0], actor=SYSTEM, now=NOON) == 2

    helped.refresh_from_db()
    own.refresh_from_db()
    kept = opened(helped.sealed, helped.pk)
    assert (kept.name, kept.id_number, kept.phone) == ("陈桂英", ID, "+8613800005678")
    assert (kept.agent_name, kept.agent_phone, helped.agent_masked) == ("", "", "")
    assert (helped.answers, helped.forgotten_at) == ({"whose": "other"}, None)
    shown = overview_of(helped.pk)
    assert shown is not None and "陈某某" in shown.helped[0][1]
    assert (own.sealed, own.answers, own.forgotten_at) == (None, {}, NOON)
    # run again, it finds nobody to forget: neither her nor whom she helped
    assert forget_applications(given[0], actor=SYSTEM, now=NOON + timedelta(days=1)) == 0
    assert Application.objects.get(pk=helped.pk).sealed is not None


def test_only_the_job_forgets_and_refused_it_changes_nothing(daughter: Actor) -> None:
    helped = filed(daughter, MOTHER, "other", agent_relation="family")

    for one in (daughter, NOBODY):
        with pytest.raises(NotAllowed):
            forget_applications([helped.pk], actor=one, now=NOON)

    assert opened(Application.objects.get().sealed, helped.pk).agent_name == "陈小文"


def test_the_copy_of_her_own_data_tells_nothing_of_whom_she_helped(daughter: Actor) -> None:
    """PIPL art. 45: the copy holds her data and nobody else's."""
    helped = filed(daughter, MOTHER, "other", agent_relation="family")
    own = filed(daughter, Applicant("陈小文", phone="13800001234"), "self")
    herself = Herself(daughter.account_id, [daughter.person_id or 0])

    told = own_data.applications(herself, actor=daughter, now=NOON)
    forget_applications([helped.pk], actor=SYSTEM, now=NOON)
    after = own_data.applications(herself, actor=daughter, now=NOON)

    for copy in (told, after):
        assert [one["number"] for one in copy] == [own.case.number]
        assert "陈桂英" not in str(copy) and ID not in str(copy)


def test_the_case_of_whom_she_helped_keeps_words_and_papers_and_loses_how_the_helper_was_reached(
    daughter: Actor,
) -> None:
    """PIPL art. 47: without its papers the office could not decide for the one who applied."""
    helped = filed(daughter, MOTHER, "other", agent_relation="family", by_sms=True)
    own = filed(daughter, Applicant("陈小文", phone="13800001234"), "self")
    title = helped.case.title
    assert title and contact_of(Reporter.objects.get(pk=helped.pk)).name == "陈小文"
    entries = [daughter.person_id or 0]

    for _again in range(2):
        forget_account(daughter.account_id or 0, entries, actor=SYSTEM, now=NOON)

    kept, gone = Reporter.objects.get(pk=helped.pk), Reporter.objects.get(pk=own.pk)
    assert (kept.account_id, kept.contact, kept.phone_masked, kept.by_sms) == (
        None,
        None,
        "",
        False,
    )
    assert (kept.is_for_other, kept.forgotten_at) == (True, None)
    assert (gone.is_for_other, gone.forgotten_at) == (False, NOON)
    assert Case.objects.get(pk=helped.pk).title == title
    assert not Case.objects.get(pk=own.pk).title
    assert PublicWords.objects.filter(case_id=helped.pk).exists()
    assert not PublicWords.objects.filter(case_id=own.pk).exists()
    assert faults() == []


def test_what_was_filed_before_it_was_noted_is_noted_when_the_account_is_erased(
    daughter: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PIPL art. 47: an older release filed it, before an update or while it ran."""
    helped = filed(daughter, MOTHER, "other", agent_relation="family")
    own = filed(daughter, Applicant("陈小文", phone="13800001234"), "self")
    Reporter.objects.update(is_for_other=False)
    monkeypatch.setattr(tasks.forget_applications, "defer", lambda *, case_ids: None)
    with pytest.raises(NotAllowed):
        note_helped([own.pk], actor=daughter, now=NOON)

    listeners.on_account_erased(AccountErased(daughter.account_id or 0, daughter.person_id))
    forget_account(daughter.account_id or 0, [daughter.person_id or 0], actor=SYSTEM, now=NOON)

    noted = Reporter.objects.values_list("pk", "is_for_other")
    assert dict(noted) == {helped.pk: True, own.pk: False}
    helped.case.refresh_from_db()
    own.case.refresh_from_db()
    assert helped.case.title and not own.case.title
