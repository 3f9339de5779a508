"""One report from end to end: a phone in the lift, the grid worker, the village, the town, the company, the committee.

Everybody works through pages, in a browser of her own. Days pass by the clock of the process; what
comes due then is done by the same jobs that the worker runs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.cases import tasks
from linli.demo.cast import VILLAGE_1
from linli.files.testing import photo
from tests.browser.conftest import Site
from tests.browser.pictures import keep
from tests.browser.visits import LAPTOP, PHONE, Visitor, code_on, is_good

pytestmark = pytest.mark.browser

GRID, CLERK, CHAIR = "mai.rungen", "ye.shaofen", "he.weiming"
OFFICIAL, HEAD, CITY = "zhou.meiling", "zeng.xianzhang", "city.plan"
TEXT = "3栋的电梯又停了，门打不开，住在18楼的老人下不来。"
COMPANY = "示范物业服务有限公司（榕树花园）"
FOLLOW_UPS = ("cases.follow_up", "cases.tell_reporter")


@dataclass
class Town:
    """The demo with a clock that can be put on: who is at her desk, and what day it is."""

    site: Site
    visitor: Visitor
    patch: pytest.MonkeyPatch
    seats: dict[str, Page] = field(default_factory=dict)
    passed: timedelta = timedelta()
    done: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        real = timezone.now

        def now() -> datetime:
            return real() + self.passed

        self.patch.setattr("django.utils.timezone.now", now)

    def desk(self, who: str, path: str) -> Page:
        """Let somebody open a page at her own computer."""
        where = f"/zh-hans/{path}"
        if who in self.seats:
            self.seats[who].goto(self.site.base + where)
        else:
            cookies = {"linli-session": self.site.session(who)}
            self.seats[who] = self.visitor.open(where, size=LAPTOP, cookies=cookies)
        return self.seats[who]

    def let_days_pass(self, days: int) -> None:
        """Put the clock on, ring what came due, and let jobs follow it; all sign in anew."""
        self.passed += timedelta(days=days)
        self.site.sessions.clear()
        self.seats.clear()
        tasks.sweep(timestamp=0)
        self.run_jobs()

    def run_jobs(self) -> None:
        """Run what was queued since, as the worker does."""
        for job in ProcrastinateJob.objects.filter(task_name__in=FOLLOW_UPS).order_by("pk"):
            if job.pk not in self.done:
                self.done.add(job.pk)
                app.tasks[job.task_name](**job.args)


@pytest.fixture
def town(site: Site, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> Town:
    site.sessions.clear()
    return Town(site, visitor, monkeypatch)


def a_photo(name: str) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": photo(with_exif=True)}


def press(page: Page, act: str) -> None:
    """Press the button of an act that asks for nothing."""
    with page.expect_navigation():
        page.locator(f'form[action$="/{act}"] button').first.click()


def unfold(page: Page, act: str) -> None:
    page.locator(f"[id^=act-{act}] > summary").first.click()


def send(page: Page, act: str) -> None:
    """Send the form of an act that was unfolded."""
    with page.expect_navigation():
        page.locator(f"[id^=act-{act}] form button.btn[type=submit]").first.click()


def finish(page: Page, words: str) -> None:
    """Say that it is done, with a photo that shows it."""
    unfold(page, "finish")
    box = page.locator("#act-finish")
    box.locator("[name=text]").fill(words)
    box.locator("[name=evidence]").set_input_files([a_photo("done.jpg")])
    send(page, "finish")


def choose(page: Page, name: str, words: str) -> None:
    """Choose the first entry of a list that has these words."""
    entry = page.locator(f"select[name={name}] option", has_text=words).first
    page.locator(f"select[name={name}]").select_option(entry.get_attribute("value"))


def stage_of(page: Page) -> str:
    return page.locator("#now h2").inner_text()


def names_the_worker(town: Town) -> None:
    """The chair puts the grid worker in charge of lifts."""
    page = town.desk(CHAIR, f"routing/responsibilities/{VILLAGE_1}/new/")
    choose(page, "category_id", "电梯")
    page.locator("[name=post_id]").fill("村民委员会委员")
    with page.expect_navigation():
        page.locator("#main form button.btn[type=submit]").last.click()


def reports(town: Town) -> tuple[Page, str, str]:
    """A resident reports from her phone, from the village's home page; return number and code."""
    phone = town.visitor.open(f"/zh-hans/places/{VILLAGE_1}/", size=PHONE)
    phone.locator('#main a[href*="/report/?place="]').first.click()
    phone.wait_for_url("**/report/**")
    is_good(phone)
    phone.locator("[name=photos]").set_input_files([a_photo("lift.jpg")])
    phone.locator("[name=where]").fill("榕树花园3栋")
    phone.locator("[name=text]").fill(TEXT)
    phone.locator("[name=category]").first.wait_for()
    phone.locator("label:has([name=reply][value=sms])").click()
    phone.locator("[name=phone]").fill("13800000996")
    keep(phone, "story_report_zh_360", whole=True)
    choose_lifts(phone)
    answers_one_by_one(phone)
    with phone.expect_navigation():
        phone.locator("#report button.btn-primary").click()
    if "receipt" not in phone.url:
        # something alike was offered first; hers is a matter of its own
        with phone.expect_navigation():
            phone.locator("#report button.btn-primary").last.click()
    phone.wait_for_url("**/receipt/**")
    is_good(phone)
    keep(phone, "story_receipt_zh_360")
    number = str(phone.locator("[data-filed]").get_attribute("data-filed"))
    return phone, number, code_on(phone)


def choose_lifts(phone: Page) -> None:
    """Choose what the words point to, or find it in the whole list."""
    phone.locator("[name=where]").focus()
    phone.wait_for_load_state("networkidle")
    choice = phone.locator("#report label", has_text="电梯").first
    if choice.is_visible():
        choice.click()
    else:
        choose(phone, "category", "电梯")


def answers_one_by_one(phone: Page) -> None:
    """What is asked of lifts comes up beneath the category, the next question after an answer."""
    seen = phone.locator("#questions [data-path]:not([hidden])")
    expect(seen).to_have_count(1)
    phone.locator("label:has([name=answer-trapped][value=no])").click()
    expect(seen).to_have_count(2)
    phone.locator("label:has([name=answer-state][value=doors])").click()
    expect(seen).to_have_count(3)
    is_good(phone)
    keep(phone, "story_questions_zh_360", whole=True)


def follows(town: Town, phone: Page, number: str, code: str) -> None:
    """While the company has it, the resident reads that; its days and telephone fit in English too."""
    phone.goto(f"{town.site.base}/en/follow/{number}/?code={code}")
    is_good(phone)
    phone.goto(f"{town.site.base}/zh-hans/follow/{number}/?code={code}")
    expect(phone.locator("#main")).to_contain_text("物业公司")
    is_good(phone)
    keep(phone, "story_company_zh_360")


def worker_takes(town: Town, number: str) -> None:
    page = town.desk(GRID, "desk/cases/?view=offered")
    expect(page.locator("#main")).to_contain_text(number)
    page.goto(f"{town.site.base}/zh-hans/desk/cases/{number}/")
    is_good(page)
    keep(page, "story_offered_zh_1280")
    expect(page.locator("#story, #main").first).to_contain_text("电梯现在怎么样：门开关不正常")
    press(page, "take")
    press(page, "accept")
    assert stage_of(page) == "办理中"


def hands_on(town: Town, who: str, number: str, to: str, note: str) -> None:
    """Offer the case to a post of those around."""
    page = town.desk(who, f"desk/cases/{number}/hand-over/")
    is_good(page)
    page.locator("#id_post label", has_text=to).first.click()
    page.locator("[name=note]").fill(note)
    with page.expect_navigation():
        page.locator("form:has(#id_post) button.btn-primary").click()


def goes_to_the_town(town: Town, number: str) -> None:
    """The village offers it to the town's head, who gives it to the official."""
    hands_on(town, CLERK, number, "镇长", "村里叫不动物业，请镇里督促。")
    press(town.desk(HEAD, f"desk/cases/{number}/"), "take")
    hands_on(town, HEAD, number, "周美玲", "请督促物业公司。")


def town_passes_to_company(town: Town, number: str) -> str:
    """The town takes it on and passes it to the company; return the number of that part."""
    page = town.desk(OFFICIAL, f"desk/cases/{number}/")
    press(page, "take")
    page.locator(f'a[href$="/cases/{number}/steps/company/"]').click()
    expect(page.locator("[name=text]")).to_have_value(
        f"榕树花园3栋\n{TEXT}\n现在有人困在里面吗：否\n电梯现在怎么样：门开关不正常"
    )
    is_good(page)
    keep(page, "story_company_zh_1280")
    page.locator("[name=company]").fill(COMPANY)
    page.locator("[name=matter]").select_option("repair")
    with page.expect_navigation():
        page.locator("#main form button.btn-primary").click()
    part = page.locator("[aria-labelledby=links] a").first.get_attribute("href") or ""
    return part.rstrip("/").rpartition("/")[2]


def committee_settles(town: Town, number: str, part: str) -> None:
    """The part came to the committee by itself; it is done, and shown."""
    page = town.desk(CHAIR, "desk/cases/?view=mine")
    expect(page.locator("#main")).to_contain_text(part)
    page.goto(f"{town.site.base}/zh-hans/desk/cases/{part}/")
    expect(page.locator("[aria-labelledby=kind-facts]")).to_contain_text(COMPANY)
    assert "协调" in stage_of(page)
    is_good(page)
    keep(page, "story_committee_zh_1280")
    finish(page, "已约物业和维保单位到场，当天修复并试运行。")

    page = town.desk(OFFICIAL, f"desk/cases/{number}/")
    finish(page, "电梯已修好，村委会到场看过。")
    keep(page, "story_done_zh_1280")


def rates_badly(town: Town, phone: Page, number: str, code: str) -> None:
    phone.goto(f"{town.site.base}/zh-hans/follow/{number}/?code={code}")
    is_good(phone)
    keep(phone, "story_follow_zh_360", whole=True)
    phone.locator('form[action*="/rate/"]').locator("xpath=ancestor::details/summary").click()
    phone.locator('form[action*="/rate/"] label', has=phone.locator("[value='2']")).click()
    with phone.expect_navigation():
        phone.locator('form[action*="/rate/"] button').last.click()


def is_called_back(town: Town, number: str) -> None:
    """Somebody who did not handle it calls, and writes the wish to take it up again down."""
    page = town.desk(CITY, "calls/")
    page.locator("tr", has_text=number).locator("a").first.click()
    is_good(page)
    keep(page, "story_call_zh_1280", whole=True)
    for name, value in (("reached", "yes"), ("is_solved", "no"), ("grade", "2")):
        page.locator(f"label:has([name={name}][value='{value}'])").click()
    page.locator("[name=note]").fill("修好第二天又停了。")
    page.locator("label:has([name=wants_reopening])").click()
    with page.expect_navigation():
        page.locator("form:has([name=reached]) button.btn-primary").click()


def is_taken_up_again(town: Town, number: str) -> None:
    page = town.desk(HEAD, f"reopening/{number}/")
    is_good(page)
    page.locator("[name=text]").fill("确实没有修好，我们重新处理。")
    with page.expect_navigation():
        page.locator("button[name=move][value=take_up]").click()


def is_done_for_good(town: Town, number: str) -> None:
    page = town.desk(OFFICIAL, f"desk/cases/{number}/")
    finish(page, "更换了门机，连续三天运行正常。")


def test_a_report_goes_from_a_phone_in_the_lift_to_its_end(town: Town) -> None:
    names_the_worker(town)
    phone, number, code = reports(town)
    worker_takes(town, number)
    goes_to_the_town(town, number)
    part = town_passes_to_company(town, number)
    follows(town, phone, number, code)

    town.let_days_pass(12)
    committee_settles(town, number, part)

    town.let_days_pass(1)
    rates_badly(town, phone, number, code)
    is_called_back(town, number)
    is_taken_up_again(town, number)
    is_done_for_good(town, number)

    town.let_days_pass(30)
    phone.goto(f"{town.site.base}/zh-hans/follow/{number}/?code={code}")
    expect(phone.locator("#now")).to_contain_text("已关闭")
    is_good(phone)
    keep(phone, "story_closed_zh_360", whole=True)
