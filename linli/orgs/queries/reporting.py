"""What the registers of organisations and posts answer in reports about each village. Public bodies only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from linli.kernel import sql
from linli.kernel.permits import PUBLIC
from linli.kernel.reporting import ReportColumn, ReportSource, ReportValue
from linli.orgs.queries.centres import PUBLIC_CENTRE

COMMITTEES = ["villagers_committee", "residents_committee"]
YES, NO = "是", "否"
OFFICE = (
    ReportColumn("office.name", "村（居）委会名称", "Committee", "", ("村委会名称", "居委会名称", "自治组织名称")),
    ReportColumn("office.address", "办公地址", "Address of the office", "", ("地址", "村委会地址", "居委会地址", "村居委会地址", "办公地点")),
    ReportColumn("office.phone", "办公电话", "Telephone of the office", "", ("电话", "联系电话", "固定电话", "值班电话", "村委会电话", "座机")),
    ReportColumn("office.hours", "办公时间", "Office hours", "", ("服务时间", "上班时间")),
)  # fmt: skip
CHAIR = ReportColumn("office.chair", "村（居）委会主任", "Chair of the committee", "", ("主任", "主任姓名", "村委会主任", "居委会主任", "负责人", "负责人姓名", "联系人"))  # fmt: skip
# kind of post → how offices call a number of them
POSTS = {
    "committee": (["committee_chair", "committee_vice_chair", "committee_member", "special_member"], "村（居）委会成员数", "Members of the committee", ("两委成员", "村委会成员", "居委会成员", "村居委会成员", "委员会成员", "村委干部")),
    "supervision": (["supervision_chair", "supervision_member"], "监督委员会成员数", "Members of the supervision committee", ("村务监督委员会成员", "居务监督委员会成员", "村居务监督委员会成员", "监委会成员")),
    "grid_workers": (["grid_worker"], "网格员人数", "Grid workers", ("网格员", "专职网格员", "网格管理员")),
    "social_workers": (["social_worker"], "社工人数", "Social workers", ("社工", "专业社工", "持证社工")),
    "clerks": (["clerk", "window_clerk", "centre_head", "bookkeeper"], "工作人员数", "Staff", ("工作人员", "社区工作者", "窗口人员", "村工作人员")),
}  # fmt: skip
# kind of organisation → how offices call a number of them
BODIES = {
    "social_orgs": (["community_social_org"], "社区社会组织数", "Community social organisations", ("社区社会组织", "社会组织")),
    "companies": (["enterprise"], "驻区企业数", "Companies stationed here", ("企业", "辖区企业", "驻村企业")),
    "institutions": (["institution"], "驻区机关事业单位数", "Public bodies stationed here", ("机关事业单位", "驻区单位", "事业单位")),
    "owners_committees": (["owners_committee"], "业主委员会数", "Owners' committees", ("业委会", "业主委员会")),
    "property_companies": (["property_company"], "物业服务企业数", "Property service companies", ("物业公司", "物业服务企业", "物业企业")),
    "councils": (["deliberation_council"], "理事会、议事会数", "Deliberation councils", ("议事会", "理事会", "村民理事会", "居民议事会")),
    "collectives": (["collective_org"], "集体经济组织数", "Rural collectives", ("集体经济组织", "经联社", "股份经济合作社")),
    "legal_stations": (["legal_service_station"], "公共法律服务站数", "Public legal service stations", ("公共法律服务站", "法律服务站")),
}  # fmt: skip
CENTRE = (
    ReportColumn("centre.open", "是否建成公共服务中心", "Served by an open public service centre", "", ("公共服务中心", "是否有公共服务中心", "服务中心是否建成", "公共服务中心是否建成", "是否建成服务中心")),
    ReportColumn("centre.name", "公共服务中心名称", "Public service centre", "", ("服务中心名称", "服务中心")),
    ReportColumn("centre.address", "公共服务中心地址", "Address of the service centre", "", ("服务中心地址", "中心地址")),
    ReportColumn("centre.since", "公共服务中心启用日期", "Opening day of the service centre", "", ("启用日期", "建成日期", "建成时间", "启用时间")),
)  # fmt: skip
# the committee of each village with how it is reached on a day, and who holds its first post
COMMITTEE = """
SELECT o.path, coalesce(v.name, ''), coalesce(v.address, ''), coalesce(v.phone, ''), coalesce(v.hours, ''),
       coalesce((SELECT h.holder_name FROM orgs_post t JOIN orgs_postholding h ON h.post_id = t.id
          WHERE t.organisation_id = o.id AND t.kind_id = 'committee_chair'
            AND h.since <= %(on)s AND (h.until IS NULL OR h.until > %(on)s)
          ORDER BY t.rank, h.since LIMIT 1), '')
  FROM orgs_organisation o
  LEFT JOIN orgs_organisationversion v ON v.organisation_id = o.id
       AND (v.since IS NULL OR v.since <= %(on)s) AND (v.until IS NULL OR v.until > %(on)s)
 WHERE o.path >= %(path)s AND o.path < %(path)s || '~' AND o.kind_id = ANY(%(kinds)s)
   AND (o.closed_on IS NULL OR o.closed_on > %(on)s)
"""
HELD = """
SELECT t.path, t.kind_id, count(DISTINCT (h.holder_name, h.person_id)) FROM orgs_post t
  JOIN orgs_organisation o ON o.id = t.organisation_id
  JOIN orgs_postholding h ON h.post_id = t.id AND h.since <= %(on)s AND (h.until IS NULL OR h.until > %(on)s)
 WHERE t.path >= %(path)s AND t.path < %(path)s || '~' AND o.level = %(level)s
   AND t.kind_id = ANY(%(kinds)s)
 GROUP BY t.path, t.kind_id
"""
KNOWN = """
SELECT o.path, o.kind_id, count(*) FROM orgs_organisation o
 WHERE o.path >= %(path)s AND o.path < %(path)s || '~' AND o.level = %(level)s
   AND (o.closed_on IS NULL OR o.closed_on > %(on)s)
 GROUP BY o.path, o.kind_id
"""
SERVED = """
SELECT a.path, coalesce(v.name, ''), coalesce(v.address, ''), c.opened_on FROM orgs_servicearea a
  JOIN orgs_servicecentre c ON c.organisation_id = a.centre_id
  JOIN orgs_organisation o ON o.id = c.organisation_id AND o.kind_id = %(kind)s
  LEFT JOIN orgs_organisationversion v ON v.organisation_id = o.id
       AND (v.since IS NULL OR v.since <= %(on)s) AND (v.until IS NULL OR v.until > %(on)s)
 WHERE a.path >= %(path)s AND a.path < %(path)s || '~'
   AND (a.since IS NULL OR a.since <= %(on)s) AND (a.until IS NULL OR a.until > %(on)s)
   AND c.opened_on <= %(on)s AND (c.closed_on IS NULL OR c.closed_on > %(on)s)
 ORDER BY a.path, c.opened_on
"""
Found = dict[str, dict[str, ReportValue]]


def measure_offices(
    keys: Collection[str], path: str, on: date
) -> Mapping[str, Mapping[str, ReportValue]]:
    """Say how the committee of each village is called and reached; one query."""
    params = {"path": path, "on": on, "kinds": COMMITTEES}
    found: Found = {key: {} for key in keys}
    places = {key: n for n, key in enumerate([*(one.key for one in OFFICE), CHAIR.key], 1)}
    for row in sql.tuples("orgs.reporting_offices", COMMITTEE, params):
        for key in keys:
            if row[places[key]]:
                found[key][str(row[0])] = str(row[places[key]])
    return found


def measure_posts(
    keys: Collection[str], path: str, on: date
) -> Mapping[str, Mapping[str, ReportValue]]:
    """Count who holds posts in each village; a village whose posts nobody entered is left out."""
    kinds = sorted({kind for row in POSTS.values() for kind in row[0]})
    params = {"path": path, "on": on, "level": PUBLIC, "kinds": kinds}
    counted = _counted("orgs.reporting_posts", HELD, params)
    return {key: _summed(counted, POSTS[key.partition(".")[2]][0]) for key in keys}


def measure_bodies(
    keys: Collection[str], path: str, on: date
) -> Mapping[str, Mapping[str, ReportValue]]:
    """Count organisations on record in each village that has any."""
    counted = _counted("orgs.reporting_bodies", KNOWN, {"path": path, "on": on, "level": PUBLIC})
    return {key: _summed(counted, BODIES[key.partition(".")[2]][0]) for key in keys}


def _counted(name: str, text: str, params: Mapping[str, object]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for at, kind, count in sql.tuples(name, text, dict(params)):
        found.setdefault(str(at), {})[str(kind)] = int(count)
    return found


def _summed(
    counted: Mapping[str, Mapping[str, int]], kinds: Collection[str]
) -> dict[str, ReportValue]:
    return {at: sum(kept.get(kind, 0) for kind in kinds) for at, kept in counted.items()}


def measure_centres(
    keys: Collection[str], path: str, on: date
) -> Mapping[str, Mapping[str, ReportValue]]:
    """Say by which open public service centre each village with a committee is served; two queries."""
    params = {"path": path, "on": on, "kind": PUBLIC_CENTRE}
    found: Found = {key: {} for key in keys}
    if "centre.open" in found:
        given = {"path": path, "on": on, "kinds": COMMITTEES}
        rows = sql.tuples("orgs.reporting_offices", COMMITTEE, given)
        found["centre.open"] = {str(row[0]): NO for row in rows}
    for at, name, address, opened_on in sql.tuples("orgs.reporting_centres", SERVED, params):
        said = {"open": YES, "name": name, "address": address, "since": opened_on.isoformat()}
        for key in keys:
            value = said[key.partition(".")[2]]
            if value and (key == "centre.open" or str(at) not in found[key]):
                found[key][str(at)] = value
    return found


def _numbers(prefix: str, unit: str, rows: Mapping[str, tuple[list[str], str, str, tuple[str, ...]]]) -> tuple[ReportColumn, ...]:  # fmt: skip
    return tuple(
        ReportColumn(f"{prefix}.{key}", zh, english, unit, words)
        for key, (_kinds, zh, english, words) in rows.items()
    )


SOURCES = (
    ReportSource("orgs.offices", "村（居）委会", "Committees", (*OFFICE, CHAIR), measure_offices),
    ReportSource("orgs.posts", "岗位和人员", "Posts and staff", _numbers("posts", "人", POSTS), measure_posts),
    ReportSource("orgs.bodies", "组织", "Organisations", _numbers("bodies", "个", BODIES), measure_bodies),
    ReportSource("orgs.centres", "公共服务中心", "Service centres", CENTRE, measure_centres),
)  # fmt: skip
