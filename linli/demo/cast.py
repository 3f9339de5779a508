"""The people of the demo: invented names in the posts of an invented town and its villages."""

from __future__ import annotations

from dataclasses import dataclass

TOWN, VILLAGE_1, VILLAGE_2, COMMUNITY = (
    "441900990",
    "441900990201",
    "441900990202",
    "441900990203",
)
# who holds rights on level 6, for a time (demo/party.py)
PARTY_KEEPER, PARTY_DECIDER = "kuang.minyi", "zhao.weixiong"


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody in a post. `org` and `post` are kinds; `username` empty means no sign-in is shown.

    `title` names the post where a place has several of the kind; it is made if it is not there.
    """

    place: str
    org: str
    post: str
    name: str
    came_by: str
    username: str = ""
    title: str = ""


CAST = (
    Part(VILLAGE_1, "party_working_committee", "party_secretary", "何伟明", "elected", "he.weiming"),
    Part(VILLAGE_1, "party_working_committee", "deputy_party_secretary", "邝敏仪", "appointed", PARTY_KEEPER),
    Part(VILLAGE_1, "villagers_committee", "committee_chair", "何伟明", "elected"),
    Part(VILLAGE_1, "villagers_committee", "committee_vice_chair", "叶少芬", "elected", "ye.shaofen"),
    Part(VILLAGE_1, "villagers_committee", "committee_member", "麦润根", "elected", "mai.rungen"),
    Part(VILLAGE_1, "affairs_supervision_committee", "supervision_chair", "卢建邦", "elected", "lu.jianbang"),
    Part(VILLAGE_1, "villagers_committee", "grid_worker", "莫兆强", "recruited", "mo.zhaoqiang", "第一网格员"),
    Part(VILLAGE_1, "villagers_committee", "grid_worker", "温倩雯", "recruited", title="第二网格员"),
    Part(VILLAGE_2, "villagers_committee", "committee_chair", "黎国强", "elected", "li.guoqiang"),
    Part(VILLAGE_2, "villagers_committee", "committee_vice_chair", "冼惠兰", "elected", "xian.huilan"),
    Part(VILLAGE_2, "villagers_committee", "grid_worker", "尹国栋", "recruited", title="第一网格员"),
    Part(COMMUNITY, "residents_committee", "committee_chair", "陈志远", "elected", "chen.zhiyuan"),
    Part(COMMUNITY, "residents_committee", "committee_member", "区嘉敏", "recruited", "ou.jiamin"),
    Part(COMMUNITY, "residents_committee", "grid_worker", "袁月婵", "recruited", title="第一网格员"),
    Part(TOWN, "township_government", "head", "曾宪章", "elected", "zeng.xianzhang"),
    Part(TOWN, "township_government", "official", "周美玲", "recruited", "zhou.meiling"),
    Part(TOWN, "town_party_committee", "official", "招伟雄", "recruited", PARTY_DECIDER),
    Part(TOWN, "discipline_commission", "discipline_inspector", "钟毅", "appointed", "zhong.yi"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CityPart:
    """A demo user of the city: rights by template, no post in a real department is filled."""

    username: str
    name: str
    post: str
    post_en: str
    templates: tuple[str, ...]


CITY_CAST = (
    CityPart("city.plan", "市级演示用户", "市民政局演示用户", "City department (demo user)", ("city_lead", "city_department")),
    CityPart("operator", "系统管理演示用户", "系统管理员（演示）", "Operator (demo user)", ("operator",)),
    CityPart("security", "安全管理演示用户", "安全管理员（演示）", "Security administrator (demo user)", ("security",)),
    CityPart("auditor", "审计演示用户", "审计管理员（演示）", "Auditor (demo user)", ("auditor",)),
)  # fmt: skip

RESIDENT_PHONE, RESIDENT_NAME = "13800000990", "李秀珍"

OFFICES = {
    VILLAGE_1: ("0769-5550 0123", "示范大道1号一楼"),
    VILLAGE_2: ("0769-5550 0125", "和顺路20号"),
    COMMUNITY: ("0769-5550 0127", "新城路8号社区楼"),
    TOWN: ("0769-5550 0100", "示范大道88号"),
}
HOURS = "周一至周五 08:30–12:00，14:00–17:30"
