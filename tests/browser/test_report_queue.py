"""A report that is written while there is no network: sealed on the phone, seen there, sent once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from linli.cases.models import Case, CaseFile, PublicWords, Reporter
from linli.cases.models.contacts import answers_of
from linli.demo.cast import VILLAGE_1
from linli.files.testing import photo
from tests.browser.conftest import Site
from tests.browser.pictures import keep
from tests.browser.visits import PHONE, Visitor, is_good

pytestmark = pytest.mark.browser

FORM = f"/zh-hans/report/?place={VILLAGE_1}"
WORDS = "停网的时候写的：桥头的栏杆断了两根。"
WORKER = "冼工友"
DRAFTS = "() => Object.keys(localStorage).map(key => localStorage.getItem(key)).join()"
PHOTO: FilePayload = {"name": "bridge.jpg", "mimeType": "image/jpeg", "buffer": photo(90, 60)}
# all that lies in the database of the browser, as plain text
LYING = """async () => {
    const base = await new Promise(done => {
        const asked = indexedDB.open('linli-reports');
        asked.onsuccess = () => done(asked.result);
    });
    const all = name => new Promise(done => {
        const asked = base.transaction(name).objectStore(name).getAll();
        asked.onsuccess = () => done(asked.result);
    });
    const rows = await all('waiting'), keys = await all('keys');
    base.close();
    return {
        rows: rows.map(row => JSON.stringify(row) + new TextDecoder().decode(row.secret)),
        exportable: keys.map(one => one.key.extractable),
    };
}"""


@pytest.fixture
def phone(site: Site, visitor: Visitor) -> Iterator[Page]:
    page = visitor.open(FORM, size=PHONE)
    # a browser that loses the network while it fetches the worker complains of it
    page.wait_for_function(
        "!('SyncManager' in window) || navigator.serviceWorker.ready.then(found => !!found.active)"
    )
    yield page
    page.context.set_offline(False)


def write(page: Page, words: str = WORDS) -> None:
    page.locator("[name=photos]").set_input_files([PHOTO])
    page.locator("[name=where]").fill("桥头")
    page.locator("[name=text]").fill(words)
    page.locator("#report button.btn-primary").last.click()


def test_a_report_written_without_network_is_sealed_seen_and_sent_once(phone: Page) -> None:
    before = Case.objects.count()
    phone.context.set_offline(True)

    write(phone)

    expect(phone.locator("[data-queue]")).to_contain_text("没有网络")
    expect(phone.locator("[data-waiting] li")).to_have_count(1)
    expect(phone.locator("[data-waiting]")).to_contain_text(WORDS)
    lying = phone.evaluate(LYING)
    assert len(lying["rows"]) == 1
    assert "桥头" not in lying["rows"][0]
    assert lying["exportable"] == [False]
    is_good(phone)
    keep(phone, "queue_zh_360")
    assert Case.objects.count() == before

    phone.context.set_offline(False)

    expect(phone.locator("[data-queue] a")).to_be_visible(timeout=20_000)
    expect(phone.locator("[data-waiting]")).to_be_hidden()
    phone.reload()
    phone.wait_for_load_state("networkidle")
    assert Case.objects.count() == before + 1
    filed = Case.objects.latest("pk")
    assert CaseFile.objects.filter(case=filed).count() == 1
    assert phone.evaluate(LYING)["rows"] == []


def test_two_reports_wait_side_by_side_and_one_is_deleted_from_the_phone(phone: Page) -> None:
    before = Case.objects.count()
    phone.context.set_offline(True)
    write(phone, "停网时写的第一件：路边的树倒了。")
    expect(phone.locator("[data-waiting] li")).to_have_count(1)
    write(phone, "停网时写的第二件：门口有积水。")
    expect(phone.locator("[data-waiting] li")).to_have_count(2)

    phone.locator("[data-waiting] li", has_text="第一件").get_by_role("button").click()
    expect(phone.locator("[data-waiting] li")).to_have_count(1)
    phone.context.set_offline(False)

    expect(phone.locator("[data-queue] a")).to_be_visible(timeout=20_000)
    assert Case.objects.count() == before + 1
    assert Case.objects.latest("pk").title.startswith("停网时写的第二件")


def test_a_faulty_report_comes_back_into_the_form(phone: Page) -> None:
    before = Case.objects.count()
    phone.context.set_offline(True)
    write(phone, "打我电话13912345678，井盖没了。")
    expect(phone.locator("[data-waiting] li")).to_have_count(1)

    phone.context.set_offline(False)

    expect(phone.locator("[data-queue]")).to_contain_text("要改", timeout=20_000)
    expect(phone.locator("[name=text]")).to_have_value("打我电话13912345678，井盖没了。")
    assert Case.objects.count() == before


def test_what_accuses_an_official_does_not_wait_on_the_phone_and_stays_in_the_form(
    phone: Page,
) -> None:
    before = Case.objects.count()
    phone.locator("[name=matter]").select_option("official")
    phone.context.set_offline(True)
    write(phone, "停网时写的：某干部的作风问题。")

    expect(phone.locator("[data-queue]")).to_contain_text("不能暂存")
    expect(phone.locator("[name=text]")).to_have_value("停网时写的：某干部的作风问题。")
    expect(phone.locator("[data-waiting]")).to_be_hidden()
    assert phone.evaluate(LYING)["rows"] == []
    phone.context.set_offline(False)
    phone.wait_for_timeout(1000)
    assert Case.objects.count() == before


def test_what_the_category_asks_is_asked_without_network_and_goes_out_with_the_report(
    site: Site, phone: Page
) -> None:
    """The page knew the questions before the network failed; a row is added here; the seal holds here too."""
    before = Case.objects.count()
    phone.wait_for_load_state("networkidle")
    phone.context.set_offline(True)
    phone.locator("[name=text]").fill("停网时写的：两个月没有发工资。")
    entry = phone.locator("select[name=category] option", has_text="劳资纠纷")
    phone.locator("select[name=category]").select_option(entry.get_attribute("value"))
    phone.locator("[name=answer-company]").fill("示范五金厂")
    for _step in range(2):
        phone.locator("[data-next-question]").click()
    phone.locator("[name=answer-owed-0-month]").fill("9月")
    phone.locator("[name=answer-owed-0-amount]").fill("4500")
    phone.locator("[data-more-rows][value=owed]").click()
    phone.locator("[name=answer-owed-1-month]").fill("10月")
    phone.locator("[name=answer-workers-0-name]").fill(WORKER)
    phone.wait_for_timeout(700)
    assert WORKER not in phone.evaluate(DRAFTS), "what is sealed is in no draft"
    is_good(phone)
    keep(phone, "questions_offline_zh_360")
    phone.locator("[name=where]").fill("示范大道5号")
    phone.locator("#report button.btn-primary").last.click()
    expect(phone.locator("[data-waiting] li")).to_have_count(1)
    assert WORKER not in phone.evaluate(LYING)["rows"][0]

    phone.context.set_offline(False)

    expect(phone.locator("[data-queue] a")).to_be_visible(timeout=20_000)
    filed = Case.objects.latest("pk")
    assert Case.objects.count() == before + 1
    said = PublicWords.objects.get(case=filed).said["text"]
    assert "欠了哪几个月 2：月份 10月" in said and WORKER not in said
    told = answers_of(Reporter.objects.get(case=filed))
    assert told is not None and told.values == {"workers": [{"name": WORKER}]}
