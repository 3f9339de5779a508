"""What offerings ask of residents and staff, with the basis."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import RESIDENT_DEMANDS, STAFF_DEMANDS, ResidentDemand, StaffDemand
from linli.offerings.types.reporting import CELL_SECONDS, LOOK_SECONDS

# items
GUIDES = "国务院令第716号第四条、第六条：编制并公布服务事项和办事指南"
ITEMS = (
    StaffDemand("offerings.item", _("Write what an item of service needs"), "form", GUIDES, 600, period="once"),
    StaffDemand("offerings.item_list", _("Hand in a list of items of service"), "upload", GUIDES, 60, period="year"),
    StaffDemand("offerings.item_review", _("Look at an item again, publish or suspend it"), "form", GUIDES, 60, period="year"),
    StaffDemand("offerings.handbook", _("Choose which handbook is made"), "form", GUIDES, 10, period="year"),
)  # fmt: skip
# applications
WINDOW = "民发〔2013〕170号：前台一口受理、后台分工协同；行政许可法第三十二条"
STAFF = (
    StaffDemand("offerings.window", _("Take an application in at the window"), "form", WINDOW, 30),
    StaffDemand("offerings.check", _("Look at the papers: accept, or tell what is missing"), "form", WINDOW, 60),
    StaffDemand("offerings.distribute", _("Give an application to the departments"), "form", WINDOW, 45),
    StaffDemand("offerings.deliver", _("Note how the result was handed over"), "form", "行政许可法第四十四条：颁发、送达", 15),
    StaffDemand("offerings.fee", _("Note a fee that was paid, or that went back"), "form", "行政许可法第五十九条：收费公示、开具票据", 20),
    StaffDemand(
        "offerings.person", _("Name and telephone of who comes"), "repeated_cell",
        "民发〔2013〕170号；来人或代办人未必在居民名册", 15,
    ),
    StaffDemand(
        "offerings.paper_photo", _("A photo of a paper that lies on the table"), "photo",
        "国务院令第716号：电子材料归档，一次采集", 20,
    ),
    StaffDemand(
        "offerings.reveal", _("Say why the number of an applicant is opened"), "form",
        "PIPL art. 28, 51：敏感信息查看留痕", 15, optional=False,
    ),
)  # fmt: skip
HALL = "国务院令第716号第十条：政务服务平台互联互通；实施方案任务14：对接市网上办事大厅"
CONNECTED = (
    StaffDemand("offerings.ask_record", _("Say on which ground a register of the city is asked"), "form", "国务院令第716号第七条；PIPL art. 13, 23：共享查询有依据、留痕", 10),
    StaffDemand("offerings.hall_item", _("Say which of our items an item of the hall is"), "form", HALL, 45),
    StaffDemand("offerings.sent_in", _("Take in, or send back, an application of the hall that could not be taken by itself"), "form", HALL, 60),
    StaffDemand("offerings.hall_change", _("Say what becomes of missing papers or a withdrawal of the hall that could not be taken by itself"), "form", HALL, 45),
    StaffDemand("offerings.pay_notice", _("Say what becomes of a payment that does not fit"), "form", "政府非税收入管理办法（财税〔2016〕33号）：缴款、退付核对", 45),
)  # fmt: skip
RESIDENTS = (
    ResidentDemand(
        "offerings.apply",
        _("Apply for a service"),
        _(
            "name, number of the identity card, telephone; photos of the papers that the guide names; of a helper the name, telephone and relation to the applicant"
        ),
        "国务院令第716号第七条；PIPL art. 13",
        _("three years after the application was closed"),
    ),
    ResidentDemand(
        "offerings.supply",
        _("Send what was missing"),
        _("photos of the papers that the notice names"),
        "行政许可法第三十二条；PIPL art. 13",
        _("three years after the application was closed"),
    ),
)
# centres
SIX_NORMS = "实施方案任务12：公共服务中心“六个规范”；第三方服务督导"
CENTRES = (
    StaffDemand("offerings.centre_kept", _("Note which platforms are merged, and the equipment"), "form", SIX_NORMS, 60, period="year"),
    StaffDemand("offerings.centre_costs", _("Note what a centre cost"), "form", "会计法；村务公开", 60, period="month"),
    StaffDemand("offerings.centre_check", _("Check the six norms of a centre"), "form", SIX_NORMS, 1200, period="year"),
    StaffDemand("offerings.centre_evidence", _("Show what was found at a centre: photos or papers"), "upload", SIX_NORMS, 120, period="year"),
)  # fmt: skip
# visits
VISITS = "民发〔2013〕170号：一口受理；实施方案任务12、14；无障碍环境建设法第40条"
VISITS_STAFF = (
    StaffDemand("offerings.home_day", _("Say when somebody comes to a home, or why nobody does"), "form", "无障碍环境建设法第40条；民发〔2013〕170号", 20),
    StaffDemand("offerings.window_kept", _("Describe a window of the centre"), "form", VISITS, 60, period="once"),
    StaffDemand("offerings.hours", _("Set the weekly hours of a window"), "form", VISITS, 120, period="once"),
    StaffDemand("offerings.closing", _("Close a day or open one besides"), "form", VISITS, 60),
    StaffDemand("offerings.call_back", _("Call back after a bad rating"), "form", "国办发〔2019〕51号", 180),
    StaffDemand("offerings.round", _("Announce a draw for scarce dates"), "form", VISITS, 180),
    StaffDemand(
        "offerings.reach", _("Say why sealed contact data are opened"), "form", "PIPL art. 51", 15
    ),
)  # fmt: skip
VISIT_RESIDENTS = (
    ResidentDemand(
        "offerings.home", _("Asking an office to come to one's home"),
        _("name, telephone, address and how the door is found; all sealed"),
        "PIPL art. 13 (1); 无障碍环境建设法第40条", _("30 days after the visit"),
    ),
    ResidentDemand(
        "offerings.visit", _("Booking a visit"), _("a name to be called by and a telephone, both only if given"),
        "PIPL art. 13 (1); 无障碍环境建设法第40条", _("30 days after the visit"),
    ),
    ResidentDemand(
        "offerings.ticket", _("Drawing a ticket"), _("for what, where the windows differ, and whether one comes first, both only if said; no name"),
        "无障碍环境建设法第40条", _("a year after the day"),
    ),
    ResidentDemand(
        "offerings.ticket_text", _("A ticket by message where nothing was printed"),
        _("a telephone for one message, only if given"), "PIPL art. 13 (1)", _("not kept with the ticket"),
    ),
    ResidentDemand(
        "offerings.rating", _("Rating a visit"), _("one of five grades and what was bad, a number if they wish to be called; no name"),
        "国办发〔2019〕51号", _("two years after they were given; they name nobody, and a number left for the call goes with the call"),
    ),
    ResidentDemand(
        "offerings.draw", _("Entering a draw"), _("the days wanted and a telephone: one entry for each number"),
        "PIPL art. 13 (1)", _("30 days after the days of the draw; the published list names nobody"),
    ),
)  # fmt: skip

# reminders
REMINDERS_STAFF = (
    StaffDemand("offerings.mandate_scan", _("The signed mandate, scanned"), "upload", "无障碍环境建设法第四十条：亲友代办留存委托书", 30),
    StaffDemand("offerings.mandate", _("Print a mandate for an agent and scan it back"), "form", "民发〔2013〕170号；无障碍环境建设法第四十条：亲友代办", 90),
    StaffDemand("offerings.benefit", _("Enter what somebody receives and when it ends"), "form", "社会救助暂行办法第十三条：动态管理；民发〔2013〕170号", 30),
    StaffDemand("offerings.benefit_decided", _("Say why a payment stops or goes on"), "form", "社会救助暂行办法第十三条：动态管理", 30),
)  # fmt: skip

# reports by spreadsheet
REPORTS = "关于防治形式主义为基层减负的规定（2024，BU-23）：同一材料只报一次，能从登记取得的不再要求填报；村委会组织法第43条（2026，BU-22）"
REPORTS_STAFF = (
    StaffDemand("offerings.report_ask", _("Say who approved a report, on which basis, and who fills its columns"), "form", REPORTS, 180),
    StaffDemand("offerings.report_upload", _("Hand in the sheet that villages are to fill"), "upload", REPORTS, 20),
    StaffDemand("offerings.report_row", _("Say which row of a list is wrong, lacks or is too much"), "form", REPORTS, CELL_SECONDS),
    StaffDemand("offerings.report_cells", _("Look a report through, fill in what no register knows, sign it off"), "repeated_cell", REPORTS, LOOK_SECONDS + CELL_SECONDS),
)  # fmt: skip


def register() -> None:
    """Tell the record of burdens. Called at start."""
    STAFF_DEMANDS.add_all((*ITEMS, *STAFF, *CONNECTED))
    RESIDENT_DEMANDS.add_all(RESIDENTS)
    STAFF_DEMANDS.add_all((*VISITS_STAFF, *REPORTS_STAFF))
    STAFF_DEMANDS.add_all(CENTRES)
    STAFF_DEMANDS.add_all(REMINDERS_STAFF)
    RESIDENT_DEMANDS.add_all(VISIT_RESIDENTS)
