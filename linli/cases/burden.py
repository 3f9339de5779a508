"""What cases ask of residents and staff, with the basis."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import RESIDENT_DEMANDS, STAFF_DEMANDS, ResidentDemand, StaffDemand

REPORTING = "广东省政务服务便民热线、12345：受理、转办、答复须知道何事何地；PIPL art. 13"
STAFF = (
    StaffDemand(
        "cases.work", _("Say what was done about a case, in the step that it takes"), "form",
        "国办发〔2020〕53号：接诉即办、限时办结；实施方案任务8、14", 60,
    ),
    StaffDemand(
        "cases.why_late", _("Say to the reporter why a day was not kept"), "form",
        "国办发〔2020〕53号：限时办结，对不能按期办结的说明理由", 30,
    ),
    StaffDemand(
        "cases.evidence", _("Show that a case is done: photos or papers"), "upload",
        "国办发〔2020〕53号：办理结果有据可查，不以答复代替解决", 60,
    ),
    StaffDemand(
        "cases.put_right", _("Put category or place of a case right"), "form",
        "国办发〔2020〕53号：精准分派，避免多头重复派单", 20,
    ),
    StaffDemand(
        "cases.keep_rules", _("Keep categories, responsibilities and rules of routing"), "form",
        "国办发〔2020〕53号：依权责清单分派，避免推诿和多头重复派单", 120,
    ),
    StaffDemand(
        "cases.on_behalf", _("Take down a report for somebody"), "form",
        "国办发〔2020〕53号：线下、电话诉求与网上同样受理", 120,
    ),
    StaffDemand(
        "cases.caller", _("Name and telephone of who calls"), "repeated_cell",
        "国办发〔2020〕53号：答复需要联系方式；来电人未必在居民名册", 15,
    ),
    StaffDemand(
        "cases.report_photo", _("A photo that somebody brings along"), "photo",
        "国办发〔2020〕53号：当事人提供的材料随件办理", 20,
    ),
    StaffDemand(
        "cases.spots", _("Name lamp posts and lifts that get a printed code"), "form",
        "数字化城市管理信息系统 GB/T 30428.2：部件编码", 20,
    ),
    StaffDemand(
        "cases.reveal", _("Say why a reporter's contact is opened"), "form",
        "PIPL art. 28, 51：敏感信息查看留痕", 15, optional=False,
    ),
    StaffDemand(
        "cases.release", _("Review words before release"), "form",
        "先审后发：个人信息保护法 art. 25，公开前取得同意或去除个人信息", 60, optional=False,
    ),
    StaffDemand(
        "cases.call_back", _("Write down a call"), "form",
        "国办发〔2019〕51号：差评回访核实；国办发〔2020〕53号：回访", 120, optional=False,
    ),
    StaffDemand(
        "cases.review_rating", _("Say why a rating is left out of figures"), "form",
        "国办发〔2019〕51号：误评、恶意差评经申诉复核不予采用", 120,
    ),
    StaffDemand(
        "cases.reopening", _("Decide whether a case is taken up again"), "form",
        "国办发〔2019〕51号：差评整改、申诉复核", 120, optional=False,
    ),
)  # fmt: skip
RESIDENTS = (
    ResidentDemand(
        "cases.report", _("Report"),
        _("what it is and where, in words or by a tap; photos without position; a telephone only if the reporter wants to be told, sealed"),
        REPORTING, _("telephone and name a year after the end; words and photos as long as the case"),
    ),
    ResidentDemand(
        "cases.follow", _("Follow a report"), _("number and code; what the reporter wants to add"),
        REPORTING, _("as long as the case"),
    ),
    ResidentDemand(
        "cases.rating", _("Rating"), _("one of five grades and what was bad, as codes; no words"),
        "国办发〔2019〕51号", _("as long as the case"),
    ),
)  # fmt: skip

# what the office takes down for the kinds of cases that it opens itself
KINDS = (
    StaffDemand(
        "cases.petition", _("Register a petition"), "form",
        "信访工作条例（2022）第二十一、二十二条：各类信访事项应当登记录入", 240,
    ),
    StaffDemand(
        "cases.visit", _("Register a visit"), "form",
        "信访工作条例（2022）第二十条、二十一条；2016年实施方案任务7：来访登记、代办", 180,
    ),
    StaffDemand(
        "cases.property", _("Take down a complaint about a property company"), "form",
        "2016年实施方案任务11：物业服务企业不及时处理业主投诉的，村（居）民委员会及时协调处理", 180,
    ),
    StaffDemand(
        "cases.directive", _("Hand a task down"), "form",
        "村（居）民委员会组织法 2026 art. 43（BU-22）：写明依据、期限和经费承担", 180,
    ),
    StaffDemand(
        "cases.incoming", _("Register a paper that came in"), "form",
        "党政机关公文处理工作条例（中办发〔2012〕14号）第二十四条", 120,
    ),
    StaffDemand(
        "cases.asker", _("Name and telephone of whoever comes"), "repeated_cell",
        "信访工作条例（2022）第十九、二十条：载明姓名、联系方式；来访人未必在居民名册", 15,
    ),
    StaffDemand(
        "cases.paper", _("Papers that came along with a case"), "upload",
        "信访工作条例（2022）第二十条；党政机关公文处理工作条例第二十四条：随件材料", 30,
    ),
    StaffDemand(
        "cases.step", _("Pass a case on, show it or give it another day"), "form",
        "信访工作条例（2022）第二十二、二十三、三十五条；党政机关公文处理工作条例第二十四条", 60,
    ),
)  # fmt: skip


def register() -> None:
    """Tell the burden guard. Called at start."""
    STAFF_DEMANDS.add_all((*STAFF, *KINDS))
    RESIDENT_DEMANDS.add_all(RESIDENTS)
