"""Every page of access, as nobody and as each kind of post, in both languages."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from linli.access import urls
from linli.access.models import Account, ApiToken, Deputy, ResetRequest
from linli.access.services import accounts, counter, resets, rights
from linli.access.services.requests import file_request
from linli.access.templates_of_rights import TEMPLATES
from linli.access.testing import (
    NOON,
    TESTER,
    actor_for,
    make_account,
    make_post,
    make_right,
    make_staff,
)
from linli.access.types import NewAccount
from linli.kernel.permits import NOBODY
from linli.kernel.testing import CITY, TOWN, VILLAGE, client_of

PLAIN = [p.name for p in urls.urlpatterns if "<" not in str(p.pattern)]
POSTS_ONLY = {
    "passkey", "code", "sessions_end", "post_choose", "act_for", "list_make", "break_glass",
    "full_session", "tie", "mandate", "own_badge", "close_own",
}  # fmt: skip
PAGES = sorted(set(PLAIN) - POSTS_ONLY)
OPEN = {"sign_in", "resident", "forgot", "sign_out"}
LEVELS = {"village": VILLAGE, "town": TOWN, "city": CITY}


def get(browser: Client, name: str, *args: object, language: str = "en"):
    with translation.override(language):
        address = reverse(f"access:{name}", args=args)
    return browser.get(address)


def well_made(answer) -> list[str]:
    """Return what a page lacks: one h1, a main landmark, a label for each field."""
    text = answer.content.decode()
    missing = [] if len(re.findall(r"<h1\b", text)) == 1 else ["one h1"]
    missing += [] if re.search(r'<main\b[^>]*id="main"', text) else ["main"]
    ids = re.findall(r'<(?:input|select|textarea)\b(?![^>]*type="hidden")[^>]*\bid="([^"]+)"', text)
    labels = set(re.findall(r'<label\b[^>]*\bfor="([^"]+)"', text))
    for field in ids:
        wrapped = re.search(rf'<label>\s*<input[^>]*id="{re.escape(field)}"', text)
        missing += [] if field in labels or wrapped else [f"label of {field}"]
    missing += ["a doubled id"] if len(ids) != len(set(ids)) else []
    return missing


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_nobody_sees_the_way_in_and_nothing_else(name: str) -> None:
    answer = get(Client(), name)

    assert (answer.status_code == 200) == (name in OPEN)
    assert answer.status_code in (200, 302, 403, 404)


@pytest.mark.load
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("template", sorted(set(TEMPLATES) - {"resident"}))
def test_every_page_answers_each_kind_of_post_well(template: str, language: str) -> None:
    level = TEMPLATES[template].levels[-1]
    account = make_account(path=LEVELS[level])
    make_post("clerk", path=VILLAGE)
    make_right(template, path=LEVELS[level], account=account)
    browser = client_of(actor_for(account))

    answers = {name: get(browser, name, language=language) for name in PAGES}

    assert {
        n: a.status_code for n, a in answers.items() if a.status_code not in (200, 302, 403)
    } == {}
    shown = {n: a for n, a in answers.items() if a.status_code == 200}
    assert {n: well_made(a) for n, a in shown.items() if well_made(a)} == {}


@pytest.fixture
def town():
    """A village with something on every page."""
    chair = make_staff("village_chair", display_name="麦润根")
    clerk = make_staff("clerk", display_name="叶少芬")
    actor = actor_for(chair)
    now = timezone.now()
    counter.enrol_device("Counter 2", VILLAGE, actor=actor, now=now)
    accounts.invite_account(NewAccount("he.weiming", "何伟明", VILLAGE), actor=actor, now=now)
    resets.ask_reset(clerk.username, "new phone", actor=NOBODY, now=now)
    rights.break_glass(
        "people.view", VILLAGE, 4, "fire in the old market hall", actor=actor, now=now
    )
    post = min(actor_for(clerk).posts)
    Deputy.objects.create(
        post_id=post, account=chair, starts_on=timezone.localdate(), given_at=NOON,
        ends_on=timezone.localdate(), reason="leave", given_by=chair,
    )  # fmt: skip
    ApiToken.objects.create(
        name="report", account=chair, head="ll_abcde", token_hash=b"x", permits=["people.view"],
        path=VILLAGE, ceiling=4, starts_at=NOON, ends_at=now.replace(year=now.year + 1),
    )  # fmt: skip
    resident = make_account("r-1", kind="resident", phone="+8613800138000", display_name="李月")
    request = file_request("copy", "all of it", path=VILLAGE, actor=actor_for(resident), now=now)
    return chair, clerk, resident, request


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_full_pages_are_well_made_too(town, language: str) -> None:
    chair, clerk, resident, request = town
    browser = client_of(actor_for(chair))
    invited = Account.objects.get(username="he.weiming")
    pages = [(name, ()) for name in ("accounts", "rights", "deputies", "devices", "resets",
             "tokens", "special", "security", "requests", "templates", "reviews", "posts")]  # fmt: skip
    pages += [("account", (clerk.pk,)), ("account", (invited.pk,)), ("account_edit", (clerk.pk,))]
    pages += [("request", (request.number,))]

    answers = {page: get(browser, page[0], *page[1], language=language) for page in pages}

    assert {p: a.status_code for p, a in answers.items() if a.status_code != 200} == {}
    assert {p: well_made(a) for p, a in answers.items() if well_made(a)} == {}
    assert "叶少芬" in answers[("accounts", ())].content.decode()


@pytest.mark.django_db
def test_a_clerk_of_another_village_finds_none_of_it(town) -> None:
    _, clerk, _, request = town
    there = make_staff("village_chair", path="441900/441900006/441900006001/")
    browser = client_of(actor_for(there))

    assert get(browser, "account", clerk.pk).status_code == 404
    assert get(browser, "request", request.number).status_code == 404
    reset = ResetRequest.objects.get()
    answer = browser.post(f"/en/access/resets/{reset.pk}/approve", {"key": "1"})
    assert answer.status_code == 404


@pytest.mark.django_db
def test_a_resident_sees_her_own_request_and_no_work_of_others(town) -> None:
    _, clerk, resident, request = town
    browser = client_of(actor_for(resident))

    mine = get(browser, "request", request.number)

    assert mine.status_code == 200
    assert "all of it" in mine.content.decode()
    assert get(browser, "requests").status_code == 403
    assert get(browser, "account", clerk.pk).status_code == 404


@pytest.mark.django_db
def test_the_list_of_accounts_takes_the_same_queries_whatever_its_length() -> None:
    chair = make_staff("village_chair")
    browser = client_of(actor_for(chair))
    get(browser, "accounts")

    with CaptureQueriesContext(connection) as few:
        get(browser, "accounts")
    for _ in range(45):
        make_account(with_totp=False)
    with CaptureQueriesContext(connection) as many:
        answer = get(browser, "accounts")

    assert answer.content.decode().count("Open: staff") > 40
    assert len(many) == len(few)


@pytest.mark.django_db
def test_a_page_costs_one_query_to_know_who_asks(django_assert_num_queries) -> None:
    from django.test import RequestFactory

    from linli.access import middleware
    from linli.access.sessions import SessionStore
    from linli.access.testing import signed_in

    browser = signed_in(make_staff("village_chair"))
    request = RequestFactory().get("/en/")
    request.session = SessionStore(browser.cookies["linli-session"].value)

    with django_assert_num_queries(1):
        actor = middleware.actor_of_request(request)

    assert actor.grants


@pytest.mark.django_db
def test_lists_filter_sort_and_page_by_their_address() -> None:
    chair = make_staff("village_chair", display_name="A chair")
    for number in range(3):
        make_account(f"clerk{number}", display_name=f"B clerk {number}", with_totp=False)
    make_account("gone", display_name="C gone", state="disabled", with_totp=False)
    browser = client_of(actor_for(chair))

    found = browser.get("/en/access/accounts/?q=B clerk&limit=2").content.decode()
    closed = browser.get("/en/access/accounts/?state=disabled").content.decode()

    assert "B clerk 0" in found
    assert "B clerk 2" not in found
    assert "Next page" in found
    assert "C gone" in closed
    assert "B clerk" not in closed


@pytest.mark.django_db
def test_the_list_of_rights_comes_as_a_workbook(town) -> None:
    chair, *_ = town

    answer = client_of(actor_for(chair)).get("/en/access/rights/?format=xlsx")

    from io import BytesIO

    from python_calamine import load_workbook

    rows = load_workbook(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert answer["Content-Disposition"] == 'attachment; filename="rights-441900005001.xlsx"'
    assert [row[3] for row in rows[1:]].count("叶少芬") == 1
    assert TESTER


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ["²", "-1", "9" * 400, "٣", "1 or 1"])
def test_odd_numbers_in_addresses_choose_nobody_and_break_nothing(odd: str) -> None:
    browser = client_of(actor_for(make_staff("security")))
    chair = client_of(actor_for(make_staff("village_chair")))

    answers = [
        browser.get("/en/access/rights/new/", {"account": odd}),
        chair.get("/en/access/residents/", {"person": odd, "q": "x"}),
        chair.get("/en/access/posts/", {"person": odd}),
        chair.post("/en/access/posts/choose", {"post": odd, "key": "1"}),
    ]

    assert max(answer.status_code for answer in answers) < 500
