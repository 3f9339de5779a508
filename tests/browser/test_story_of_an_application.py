"""One application from end to end: a resident from elsewhere, her phone, the window, two departments.

She finds the matter by her own words, learns what her case needs, books a visit, draws a ticket and is
called; one paper is missing and comes from her phone; she is told, collects the result and says how the
visit was, and how the matter went.
"""

from __future__ import annotations

import pytest
from django.utils import timezone
from django.utils.timezone import localdate
from playwright.sync_api import FilePayload, Page, expect
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.access.models import Account
from linli.access.queries.actors import account_actor
from linli.cases.models import Case
from linli.demo.cast import VILLAGE_1
from linli.files.testing import photo
from linli.kernel.permits import Actor, system_actor
from linli.notify.models import Delivery
from linli.offerings.models import VisitRating
from linli.offerings.queries.windows import centre_called
from linli.offerings.services import windows
from linli.offerings.types.visits import ClosingFacts, Why
from tests.browser.conftest import Site
from tests.browser.pictures import keep
from tests.browser.visits import LAPTOP, PHONE, Visitor, code_on, is_good

pytestmark = pytest.mark.browser

CLERK, CHAIR, HEAD, OFFICIAL = "ye.shaofen", "he.weiming", "zeng.xianzhang", "zhou.meiling"
NUMBER, HIDDEN = "13800000981", "+86*******0981"
WORDS, ITEM = "暂住证", "residence-permit"
MOST_BEFORE_HER = 40
CASE = {"ground": "home", "home": "rented", "whose": "self"}


def a_photo(name: str) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": photo(with_exif=True)}


def staff(username: str) -> Actor:
    return account_actor(Account.objects.get(username=username).pk, now=timezone.now())


def run_jobs(number: str, task: str) -> None:
    """Do what was queued about her application, as the worker does."""
    case_id = Case.objects.get(number=number).pk
    for job in ProcrastinateJob.objects.filter(task_name=task, args__case_id=case_id).order_by(
        "pk"
    ):
        app.tasks[job.task_name](**job.args)


def finds_and_learns(phone: Page) -> None:
    """She says it as people do, answers three questions and sees what her case needs."""
    phone.locator("#find-item").fill(WORDS)
    with phone.expect_navigation():
        phone.locator("#find-item").press("Enter")
    phone.locator(f'#found a[href*="/items/{ITEM}/"]').first.click()
    phone.wait_for_url(f"**/items/{ITEM}/**")
    for name, value in CASE.items():
        phone.locator(f"label:has([name={name}][value={value}])").click()
    with phone.expect_navigation():
        phone.locator("[aria-labelledby=case] form button.btn[type=submit]").click()
    expect(phone.locator("[aria-labelledby=bring]")).to_contain_text("租房合同")
    expect(phone.locator("[aria-labelledby=bring]")).not_to_contain_text("劳动合同")
    is_good(phone)


def books_a_visit(phone: Page) -> str:
    """She takes the first free time, without an account; return the code of the centre."""
    phone.locator(f'#main a[href*="/items/{ITEM}/visit/"]').first.click()
    phone.wait_for_url("**/visits/**")
    if phone.locator(".of-times").count() == 0:
        phone.locator("[aria-labelledby=centres] a").first.click()
        phone.wait_for_selector(".of-times")
    centre = phone.url.split("/visits/")[1].split("/")[0]
    phone.locator(".of-times a").first.click()
    phone.wait_for_url("**/book/**")
    phone.locator("[name=phone]").fill(NUMBER)
    with phone.expect_navigation():
        phone.locator("#main form button.btn-primary").click()
    phone.wait_for_url("**/visits/of/**")
    is_good(phone)
    return centre


def is_open_all_day(code: str) -> None:
    """The story goes on any day at any hour; tickets are drawn while the centre is open."""
    centre = centre_called(code, localdate())
    facts = ClosingFacts(localdate(), localdate(), 0, 1440, Why.HOLIDAY, is_open=True, step=10)
    windows.close_days(
        centre.pk, centre.path, facts, actor=system_actor("test"), now=timezone.now()
    )


def draws_a_ticket(phone: Page, site: Site, centre: str) -> str:
    """She draws her number in the hall, on her phone; return the address of the ticket."""
    is_open_all_day(centre)
    phone.goto(f"{site.base}/zh-hans/visits/{centre}/ticket/")
    # windows differ: what she comes for is asked first
    with phone.expect_navigation():
        phone.locator("#main .ll-list a", has_text="综合受理").click()
    is_good(phone)
    with phone.expect_navigation():
        phone.locator("#main form button.btn-primary").click()
    expect(phone.locator(".of-number")).to_be_visible()
    is_good(phone)
    return phone.url


def is_called(window: Page, phone: Page, site: Site, centre: str) -> None:
    """The window calls one after the other until it is her turn; her phone says where to go."""
    name = phone.locator(".of-number").inner_text()
    window.goto(f"{site.base}/zh-hans/windows/{centre}/")
    window.locator('#main a[href$="/calls/"]').first.click()
    window.wait_for_url("**/calls/")
    here = window.locator(".of-number").first
    for _turn in range(MOST_BEFORE_HER):
        with window.expect_navigation():
            window.locator("[data-hot=F2]").click()
        if here.inner_text() == name:
            break
    expect(here).to_have_text(name)
    is_good(window)
    keep(window, "application_called_zh_1280")
    phone.reload()
    expect(phone.locator(".of-now")).to_be_visible()


def is_sent_off(window: Page) -> None:
    """All of it was told at the window: her ticket is done, nobody else is called."""
    with window.expect_navigation():
        window.locator("[data-hot=F9]").click()
    expect(window.locator(".of-number").first).to_have_text("—")


def rates_the_visit(phone: Page, ticket: str) -> None:
    phone.goto(ticket)
    with phone.expect_navigation():
        phone.locator('a[href*="/rate/visits/"]').click()
    is_good(phone)
    phone.locator("label:has([name=grade][value='5'])").click()
    with phone.expect_navigation():
        phone.locator("#main form button.btn-primary").click()
    expect(phone.locator("[aria-labelledby=thanks]")).to_be_visible()
    assert VisitRating.objects.filter(grade=5, ticket__code=ticket.split("/")[-2]).exists()
    is_good(phone)


def is_taken_in(window: Page) -> tuple[str, str]:
    """The photo lies on the table, the lease does not: told once; return number and code."""
    window.locator("label:has([name=brought_photo])").click()
    window.locator("[name=name]").fill("覃女士")
    window.locator("[data-hot=F7]").click()
    window.locator("[name=phone]").fill(NUMBER)
    window.locator("label:has([name=by_sms])").click()
    is_good(window)
    with window.expect_navigation():
        window.locator("[data-hot=F9]").click()
    number = window.locator("[data-filed]").get_attribute("data-filed") or ""
    expect(window.locator("#main")).to_contain_text("租房合同")
    keep(window, "application_receipt_zh_1280")
    return number, code_on(window)


def sends_what_is_missing(phone: Page, site: Site, number: str, code: str) -> None:
    phone.goto(f"{site.base}/zh-hans/follow/{number}/?code={code}")
    is_good(phone)
    keep(phone, "application_missing_zh_360")
    phone.locator(f'a[href*="/applications/{number}/supply/"]').click()
    phone.locator("[name=photo_lease]").set_input_files([a_photo("lease.jpg")])
    with phone.expect_navigation():
        phone.locator("#main form button.btn-primary").click()
    expect(phone.locator("#now")).not_to_contain_text("补正")


def is_accepted(window: Page, site: Site, number: str) -> None:
    window.goto(f"{site.base}/zh-hans/applications/{number}/check/")
    is_good(window)
    with window.expect_navigation():
        window.locator("button[name=step][value=accept]").click()


def is_distributed(window: Page, site: Site, number: str) -> None:
    """The window gives it to the post that decides, and to two that check side by side."""
    window.goto(f"{site.base}/zh-hans/applications/{number}/distribute/")
    lead, chair, head = (str(min(staff(one).posts)) for one in (OFFICIAL, CHAIR, HEAD))
    window.locator("[name=lead]").select_option(lead)
    for line, post, task in ((1, chair, "核对租赁登记"), (2, head, "核对居住登记")):
        window.locator(f"[name=post_{line}]").select_option(post)
        window.locator(f"[name=task_{line}]").fill(task)
    is_good(window)
    with window.expect_navigation():
        window.locator("#main form button.btn-primary").click()
    assert Case.objects.get(number=number).state == "at_departments"


def does_its_part(desk: Page) -> None:
    """A department takes its part on and says that it is done."""
    with desk.expect_navigation():
        desk.locator('form[action$="/take"] button').click()
    desk.locator("[id^=act-finish_part] > summary").click()
    desk.locator("[id^=act-finish_part] [name=note]").fill("属实")
    with desk.expect_navigation():
        desk.locator("[id^=act-finish_part] form button.btn[type=submit]").click()


def is_granted(desk: Page) -> None:
    expect(desk.locator("#main")).to_contain_text("申请人")
    is_good(desk)
    for act in ("take", "accept"):
        button = desk.locator(f'form[action$="/{act}"] button')
        if button.count():
            with desk.expect_navigation():
                button.first.click()
    desk.locator("[id^=act-grant] > summary").first.click()
    desk.locator("[id^=act-grant] [name=text]").fill(
        "经核对，准予领取居住证，请带身份证到窗口领取。"
    )
    with desk.expect_navigation():
        desk.locator("[id^=act-grant] form button.btn[type=submit]").first.click()


def is_handed_over(window: Page, site: Site, number: str) -> None:
    window.goto(f"{site.base}/zh-hans/applications/{number}/deliver/")
    window.locator("label:has([name=way][value=counter])").click()
    window.locator("[name=proof]").fill("本人签收")
    with window.expect_navigation():
        window.locator("#main form button.btn-primary").click()


def reads_and_rates(phone: Page, site: Site, number: str, code: str) -> None:
    phone.goto(f"{site.base}/zh-hans/follow/{number}/?code={code}")
    expect(phone.locator("#main")).to_contain_text("准予领取居住证")
    is_good(phone)
    rate = phone.locator('form[action*="/rate/"]')
    folded = rate.locator("xpath=ancestor::details/summary")
    if folded.count():
        folded.first.click()
    rate.locator("label", has=phone.locator("[value='5']")).click()
    with phone.expect_navigation():
        rate.locator("button").last.click()
    is_good(phone)


def test_a_resident_from_elsewhere_finds_applies_completes_collects_and_rates(
    site: Site, visitor: Visitor
) -> None:
    def at_work(who: str, path: str) -> Page:
        cookies = {"linli-session": site.session(who)}
        return visitor.open(f"/zh-hans/{path}", size=LAPTOP, cookies=cookies)

    phone = visitor.open(f"/zh-hans/items/?place={VILLAGE_1}", size=PHONE)
    finds_and_learns(phone)
    centre = books_a_visit(phone)
    ticket = draws_a_ticket(phone, site, centre)
    queue = at_work(CLERK, "desk/")
    is_called(queue, phone, site, centre)

    asked = "&".join(f"{key}={value}" for key, value in CASE.items())
    window = at_work(CLERK, f"window/{ITEM}/?person=0&{asked}")
    number, code = is_taken_in(window)
    is_sent_off(queue)
    rates_the_visit(phone, ticket)
    sends_what_is_missing(phone, site, number, code)
    is_accepted(window, site, number)

    is_distributed(window, site, number)
    for department in (CHAIR, HEAD):
        does_its_part(at_work(department, f"desk/cases/{number}/"))
    run_jobs(number, "offerings.follow_parts")
    is_granted(at_work(OFFICIAL, f"desk/cases/{number}/"))
    is_handed_over(window, site, number)
    run_jobs(number, "cases.tell_reporter")
    assert Delivery.objects.filter(template="cases.news", masked=HIDDEN).exists(), "she is told"
    window.goto(f"{site.base}/en/follow/{number}/?code={code}")
    is_good(window)
    reads_and_rates(phone, site, number, code)
