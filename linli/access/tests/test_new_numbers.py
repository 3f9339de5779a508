"""A resident gets a new number, or closes her account: whoever gets the old number gets nothing of hers."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest
from django.apps import apps
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from linli.access.errors import AnotherIsOpen
from linli.access.models import Account, Mandate, SignIn
from linli.access.queries.references import in_use_of
from linli.access.secrets import open_phone
from linli.access.services import acting, codes, resets, residents
from linli.access.services.sessions import note_agent
from linli.access.testing import TESTER, actor_for, make_account, make_staff, signed_in
from linli.access.tests.test_acting import make_session
from linli.access.tests.test_api_work import as_account, send
from linli.cases.models import Reporter
from linli.cases.testing import make_report
from linli.files import services as files
from linli.files.testing import BytesUpload, photo
from linli.files.types import PHOTO, Owner
from linli.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from linli.kernel.joined import ACCOUNT_COLUMNS
from linli.kernel.locks import hold
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.testing import OTHER_TOWN, VILLAGE, client_of, post_json
from linli.notify.models import Delivery, Message, MessageConsent
from linli.people.models import Person
from linli.people.testing import make_person

pytestmark = pytest.mark.django_db
# staff who did or keep something: residents stand in none of them
OF_STAFF = {
    "access_apitoken",
    "access_counterpresence",
    "access_deputy",
    "access_givenright",
    "access_resetrequest",
    "activities_feepayment",
    "activities_feerefund",
    "cases_callback",
    "cases_ratingreview",
    "documents_document",
    "documents_documentprint",
    "documents_sealuse",
    "exchange_orderlist",
    "exchange_resultfile",
    "grid_phonequeue",
    "grid_queued",
    "notices_postingversion",
    "offerings_checkkey",
    "offerings_itemlist",
    "offerings_itemversion",
    "offerings_payment",
    "offerings_refund",
    "offerings_reportingcell",
    "offerings_reportingrow",
    "offerings_reportingtask",
    "offerings_waiver",
    "orgs_postholding",
    "orgs_stafflist",
    "people_importrun",
    "plan_correction",
    "runtime_savedview",
}
# who did something stays who did it, and what opens or is under way for an account ends with it
OF_ONE_ACCOUNT = {
    "access_keptform",
    "access_onetimelink",
    "access_signin",
    "access_totpsecret",
    "cases_caseevent",
    "files_storedfile",
    "runtime_longjob",
    "trail_entry",
}
# notify decides between what both accounts chose
ITS_OWN_WAY = {
    "notify_channelchoice",
    "notify_delivery",
    "notify_emailaddress",
    "notify_message",
    "notify_messageconsent",
}
OLD, NEW = "+8613800138000", "+8613900139000"


@pytest.fixture
def her() -> Person:
    return make_person("李月")


def tied(person: Person, phone: str = OLD) -> Account:
    return make_account(f"r-{phone[-4:]}", kind="resident", phone=phone, person_id=person.pk,
                        display_name="李月")  # fmt: skip


def fresh() -> Account:
    return make_account("r-new", kind="resident", phone=NEW, path="")


def office() -> Actor:
    return actor_for(make_staff("village_chair"))


def enters(phone: str) -> Account:
    """Return whose account a code to a number opens."""
    account = codes._account_of(phone, timezone.now())
    assert account is not None
    return account


def test_the_account_goes_on_with_the_new_number_and_the_old_one_opens_a_new_account(
    her: Person,
) -> None:
    known, new, now = tied(her), fresh(), timezone.now()
    for one, key in ((known, b"a"), (new, b"b")):
        SignIn.objects.filter(pk=make_session(one).pk).update(key_hash=key)
    filed = make_report(actor=actor_for(new), is_mine=True, now=now)
    MessageConsent.objects.create(account_id=new.pk, purpose="p", version=1, given_at=now)

    Account.objects.filter(pk__in=[known.pk, new.pk]).update(known_agents=["Huawei"])

    kept = acting.tie_person(new, her.pk, path=VILLAGE, takes_over=True, actor=office(), now=now)

    gone = Account.objects.get(pk=new.pk)
    assert (kept.pk, open_phone(Account.objects.get(pk=known.pk))) == (known.pk, NEW)
    assert (gone.state, gone.phone_index, gone.person_id) == ("disabled", None, her.pk)
    assert not SignIn.objects.filter(ended_at__isnull=True).exists()
    kept.refresh_from_db()
    assert (gone.known_agents, kept.known_agents) == ([], ["Huawei"])
    assert enters(NEW) == known
    stranger = enters(OLD)
    assert stranger.pk not in (known.pk, new.pk) and stranger.person_id is None
    assert Reporter.objects.get(pk=filed.case_id).account_id == known.pk
    assert MessageConsent.objects.get().account_id == known.pk
    assert [one.masked[-4:] for one in Delivery.objects.filter(message=None)] == ["8000"]
    assert Message.objects.filter(template="access.number_moved", account_id=known.pk).exists()


def test_what_was_uploaded_and_not_sent_follows_to_the_new_number(her: Person) -> None:
    known, new, now = tied(her), fresh(), timezone.now()
    stranger = make_account("r-9", kind="resident", phone="+8613800138999")
    (mine, others) = (
        files.take_drafts([BytesUpload(photo(), "a.jpg")], actor=actor_for(one), now=now)[0][0]
        for one in (new, stranger)
    )

    acting.tie_person(new, her.pk, path=VILLAGE, takes_over=True, actor=office(), now=now)

    hers = actor_for(Account.objects.get(pk=known.pk))
    owner = Owner("cases.case", 1)
    for code, is_hers in ((mine.code, True), (others.code, False)):
        given = {"owner": owner, "place": VILLAGE, "policy": PHOTO, "actor": hers, "now": now}
        if is_hers:
            assert [file.code for file in files.adopt([code], **given)] == [code]
            continue
        with pytest.raises(NotFound):
            files.adopt([code], **given)


def test_every_column_that_names_an_account_follows_a_new_number_or_is_said_not_to() -> None:
    there = {
        (model._meta.db_table, str(field.column))
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if str(field.column) in ("account_id", "agent_id")
    }
    follows = {(one.table, one.column) for one in ACCOUNT_COLUMNS}

    assert follows <= there
    assert {table for table, _column in there - follows} == OF_STAFF | OF_ONE_ACCOUNT | ITS_OWN_WAY


@pytest.mark.django_db(transaction=True)
def test_two_counters_tie_one_person_one_after_the_other(her: Person) -> None:
    account, chair, told = fresh(), office(), []

    def tie() -> None:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '300ms'")
                acting.tie_person(account, her.pk, path=VILLAGE, actor=chair, now=timezone.now())
            told.append("tied")
        except OperationalError:
            told.append("waited")
        finally:
            connection.close()

    with transaction.atomic():
        hold("access.person", her.pk)
        thread = Thread(target=tie)
        thread.start()
        thread.join()
    assert told == ["waited"]


def test_one_person_has_one_account_that_opens_whatever_the_code_forgets(her: Person) -> None:
    tied(her)
    with pytest.raises(IntegrityError, match="one_account_of_person"), transaction.atomic():
        tied(her, NEW)

    make_account("li.yue", person_id=her.pk)
    old = make_account("r-old", kind="resident", person_id=her.pk, state="disabled")
    assert Account.objects.filter(person=her).count() == 3 and old.pk


def test_a_closed_account_is_not_opened_beside_the_one_that_she_has_now(her: Person) -> None:
    old = make_account("li.yue", person_id=her.pk, display_name="李月", state="disabled")
    make_account("li.yue2", person_id=her.pk)

    with pytest.raises(AnotherIsOpen, match="li.yue2"):
        resets.enable_account(old, actor=TESTER, now=timezone.now())

    old.refresh_from_db()
    assert old.state == "disabled"


def test_nor_is_one_of_an_entry_that_was_joined_with_hers(her: Person) -> None:
    gone = make_person("李月", kind="passport", number="E12345678")
    old = make_account("li.yue", person_id=gone.pk, display_name="李月", state="disabled")
    make_account("li.yue2", person_id=her.pk)
    Person.objects.filter(pk=gone.pk).update(merged_into=her)

    with pytest.raises(AnotherIsOpen, match="li.yue2"):
        resets.enable_account(old, actor=TESTER, now=timezone.now())

    old.refresh_from_db()
    assert old.state == "disabled"


def test_without_the_office_saying_so_nothing_moves_and_it_reads_how(her: Person) -> None:
    known, new = tied(her), fresh()
    browser = signed_in(make_staff("village_chair"))
    given = {"phone": "13900139000", "q": "李月", "person": her.pk}

    refused = browser.post("/en/access/residents/tie", {**given, "key": "1"})

    assert refused.status_code == 422
    assert "They sign in with 138****8000 already" in refused.content.decode()
    assert open_phone(Account.objects.get(pk=known.pk)) == OLD
    assert Account.objects.get(pk=new.pk).state == "active"

    moved = browser.post("/en/access/residents/tie", {**given, "takes_over": "on", "key": "2"})
    assert moved.status_code == 303
    assert open_phone(Account.objects.get(pk=known.pk)) == NEW


def test_by_the_api_a_number_moves_and_an_account_closes(her: Person) -> None:
    known, chair = tied(her), make_staff("village_chair")
    fresh()
    given = {"phone": "13900139000", "person": her.pk, "takes_over": True}

    moved = send(as_account(chair), "/residents/tie", given)
    closed = send(as_account(chair), f"/residents/{known.pk}/close", {"reason": "asked for it"})

    assert moved["account"] == closed["account"] == known.pk
    assert Account.objects.get(pk=known.pk).state == "disabled"


def test_an_account_of_somebody_else_or_a_closed_one_is_not_tied_again(her: Person) -> None:
    other = make_person("陈文")
    hers, now = tied(her), timezone.now()

    with pytest.raises(Invalid):
        acting.tie_person(hers, other.pk, path=VILLAGE, takes_over=True, actor=office(), now=now)
    Account.objects.filter(pk=hers.pk).update(state="disabled", disabled_at=now)
    with pytest.raises(WrongState):
        acting.tie_person(hers, her.pk, path=VILLAGE, actor=office(), now=now)
    assert Account.objects.get(pk=hers.pk).person_id == her.pk


def test_the_office_closes_an_account_with_its_reason_and_she_may_begin_anew(her: Person) -> None:
    known, mother, now = tied(her), make_person("陈母"), timezone.now()
    mandate = Mandate.objects.create(
        principal=mother, agent=known, starts_at=now, ends_at=now + timedelta(days=9),
        basis="letter", recorded_by=known,
    )  # fmt: skip
    make_session(known)
    browser = signed_in(make_staff("village_chair"))
    address = f"/en/access/residents/{known.pk}/close"

    shown = browser.get("/en/access/residents/?q=李月").content.decode()
    empty = browser.post(address, {"reason": " ", "q": "李月", "key": "1"})
    assert Account.objects.get(pk=known.pk).state == "active"
    closed = browser.post(address, {"reason": "phone stolen", "q": "李月", "key": "2"})

    assert "138****8000" in shown and address in shown
    assert (empty.status_code, closed.status_code) == (422, 303)
    left = Account.objects.get(pk=known.pk)
    assert (left.state, left.disabled_reason, left.phone_index) == (
        "disabled", "phone stolen", None,
    )  # fmt: skip
    assert not SignIn.objects.filter(account=known, ended_at__isnull=True).exists()
    assert Mandate.objects.get(pk=mandate.pk).revoked_at is not None
    again = enters(OLD)
    acting.tie_person(again, her.pk, path=VILLAGE, actor=office(), now=timezone.now())
    assert Account.objects.get(pk=again.pk).person_id == her.pk


def test_nobody_closes_the_account_of_a_resident_she_may_not_see_nor_one_of_staff(
    her: Person,
) -> None:
    known, now = tied(her), timezone.now()
    elsewhere = actor_for(make_staff("village_chair", path=f"{OTHER_TOWN}441900006001/"))

    with pytest.raises(NotAllowed):
        residents.close_resident(known, "x", actor=elsewhere, now=now)
    with pytest.raises(NotAllowed):
        residents.close_resident(known, "x", actor=actor_for(make_staff("grid_worker")), now=now)
    with pytest.raises(NotFound):
        residents.close_resident(make_staff("clerk"), "x", actor=TESTER, now=now)
    assert client_of(elsewhere).post(
        f"/en/access/residents/{known.pk}/close", {"reason": "x", "key": "1"}
    ).status_code == 404  # fmt: skip
    assert not Account.objects.filter(state="disabled").exists()


def test_a_resident_closes_her_own_account_and_a_clerk_does_not_close_hers_so(her: Person) -> None:
    known, clerk = tied(her), make_staff("clerk")

    shown = client_of(actor_for(known)).get("/en/access/security/").content.decode()
    closed = client_of(actor_for(known)).post("/en/access/security/close/", {"key": "1"})
    staff = client_of(actor_for(clerk)).post("/en/access/security/close/", {"key": "2"})

    assert "Close my account" in shown and closed.status_code == 303
    assert staff.status_code == 404
    assert Account.objects.get(pk=known.pk).state == "disabled"
    assert Account.objects.get(pk=clerk.pk).state == "active"
    with pytest.raises(NotFound):
        residents.close_own(actor=NOBODY, now=timezone.now())


def test_by_the_api_she_closes_it_too_and_nothing_is_left_to_say(her: Person) -> None:
    known = tied(her)

    answer = post_json(as_account(known), "/api/v1/access/close")

    assert (answer.status_code, answer.content) == (204, b"")
    assert Account.objects.get(pk=known.pk).state == "disabled"


def test_an_account_that_nobody_used_for_the_term_keeps_no_entry_from_being_let_go(
    her: Person,
) -> None:
    known, now = tied(her), timezone.now()
    long_ago = now.replace(year=now.year - 12)
    assert in_use_of(her.pk) == 1

    note_agent(known.pk, "x", actor=actor_for(known), now=now)
    Account.objects.filter(pk=known.pk).update(created_at=long_ago)
    assert (Account.objects.get(pk=known.pk).last_year, in_use_of(her.pk)) == (now.year, 1)

    Account.objects.filter(pk=known.pk).update(last_year=long_ago.year)
    assert in_use_of(her.pk) == 0
