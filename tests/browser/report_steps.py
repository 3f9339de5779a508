"""The town's sheet from its own Excel to the merged one: bound, approved, signed off, one village late."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import xlsxwriter
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.pictures import keep
from tests.browser.visits import is_good, press

TITLE = "示范镇公共空间和人口情况表"
HEADS = ["序号", "村（社区）", "常住人口", "60周岁以上老年人", "文体活动场所情况（处）", "垃圾桶（个）", "备注"]  # fmt: skip
PLACES, BINS, VENUES = 1, 5, 4
VILLAGES = ("示范一村", "示范二村")


def the_sheet() -> bytes:
    """Return the sheet as a town mails it: a merged title, a line about units, headings, a total."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("情况表")
    sheet.merge_range("A1:G1", TITLE)
    sheet.write("A2", "填报单位：示范镇人民政府　　单位：人、处、个")
    sheet.write_row(2, 0, HEADS)
    sheet.write_column(3, 0, [1, 2, 3])
    sheet.write("A7", "合计")
    book.close()
    return out.getvalue()


def hands_it_in(desk: Page, path: Path) -> None:
    """The town's official uploads it with who approved it, on which paper, until today."""
    path.write_bytes(the_sheet())
    desk.locator("[name=title]").fill(TITLE)
    desk.locator("[name=file]").set_input_files(str(path))
    mayor = desk.locator("[name=post] option", has_text=re.compile("(?<!副)镇长")).first
    desk.locator("[name=post]").select_option(mayor.get_attribute("value"))
    desk.locator("[name=basis]").fill("示范府办〔2026〕31号")
    desk.locator("[name=due_on]").fill(localdate().isoformat())
    is_good(desk)
    keep(desk, "report_new_zh_1280")
    press(desk, "读取表格")


def binds_and_sends(desk: Page) -> None:
    """Registers fill what they hold; one column is bound by hand, one is asked of the villages."""
    expect(desk.locator("[name=column-2]")).not_to_have_value("village")
    assert desk.locator("[name=column-2] option[value=village]").count() == 0, (
        "what is held is not asked"
    )
    desk.locator(f"[name=column-{VENUES}]").select_option("activities.venues")
    expect(desk.locator(f"[name=column-{BINS}]")).to_have_value("village")
    is_good(desk)
    keep(desk, "report_bind_zh_1280")
    press(desk, "提请批准")
    is_good(desk)


def approves(desk: Page) -> None:
    """The post that is named finds it on the desk; with the approval it goes to the villages."""
    desk.locator("#main a", has_text=TITLE).first.click()
    is_good(desk)
    keep(desk, "report_approve_zh_1280")
    press(desk, "批准并下发")
    is_good(desk)


def looks_through_and_signs(desk: Page, bins: str, *, differs: bool) -> None:
    """A village types the one open cell, says where the register is wrong, and signs off."""
    desk.locator("#main a", has_text=TITLE).first.click()
    desk.wait_for_url("**/reports/sheets/**")
    desk.locator(f"[name=cell-{BINS}]").fill(bins)
    if differs:
        desk.locator(f"details:has([name=cell-{VENUES}]) > summary").click()
        desk.locator(f"[name=cell-{VENUES}]").fill("9")
        desk.locator(f"[name=reason-{VENUES}]").fill("新增球场一处，尚未登记")
        is_good(desk)
        keep(desk, "report_sheet_zh_1280")
    press(desk, "签报")
    is_good(desk)


def comes_back_merged(desk: Page) -> list[list[object]]:
    """The town sees who is late and what differs, and downloads one sheet in its own order: the rows of three villages."""
    desk.reload()
    main = desk.locator("#main")
    expect(main.locator("tr", has_text="示范社区").first).to_contain_text("还没有签报")
    expect(desk.locator("#differences")).to_contain_text("新增球场一处")
    is_good(desk)
    keep(desk, "report_merged_zh_1280")
    with desk.expect_download() as started:
        desk.get_by_role("link", name="汇总表").click()
    rows = CalamineWorkbook.from_path(started.value.path()).get_sheet_by_index(0).to_python()
    heads = next(row for row in rows if "垃圾桶（个）" in row)
    assert heads[: len(HEADS)] == HEADS
    return [
        next(row for row in rows if str(row[PLACES] or "").startswith(name))
        for name in (*VILLAGES, "示范社区")
    ]
