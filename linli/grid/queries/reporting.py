"""What the grid answers in reports about each village: numbers of the ground, never of who works there."""

from __future__ import annotations

from linli.grid.queries.cells import SOCIAL
from linli.kernel.permits import STAFF
from linli.kernel.reporting import Count, ReportColumn, counting
from linli.places.queries.rows_of_others import CELLS_OF

CELLS = CELLS_OF.format(layer=SOCIAL)
EVENTS = f"(SELECT s.path, s.seen_at FROM grid_sighting s JOIN cases_case c ON c.id = s.case_id AND c.level <= {STAFF}) x"  # noqa: S608  a constant
COUNTS = (
    Count(
        ReportColumn("grid.social_cells", "社会服务管理网格数", "Social-service cells", "个", ("社会服务网格", "综合网格", "社会治理网格")),
        CELLS, "x.valid_from <= %(on)s AND (x.valid_to IS NULL OR x.valid_to > %(on)s)",
    ),
    Count(
        ReportColumn("grid.heads", "楼栋长、巷长人数", "Heads of buildings, blocks and lanes", "人", ("楼长", "楼栋长", "楼门长", "巷长", "片长")),
        "grid_headship x", "x.state = 'serving' AND x.since <= %(on)s AND (x.until IS NULL OR x.until > %(on)s)",
    ),
    Count(
        ReportColumn("grid.shelters", "应急避难场所数", "Shelters", "个", ("避难场所", "避险场所", "临时安置点")),
        "grid_shelter x", "x.ended_on IS NULL",
    ),
    Count(
        ReportColumn("grid.shelter_places", "避难场所可容纳人数", "Places in shelters", "人", ("可容纳人数", "容纳人数", "避难场所容量")),
        "grid_shelter x", "x.ended_on IS NULL", "sum(x.places)",
    ),
    Count(
        ReportColumn("grid.events", "本年网格事件数", "Events in cells this year", "件", ("本年网格事件", "网格事件", "事件上报", "上报事件")),
        EVENTS, "x.seen_at >= %(year)s AND x.seen_at < %(until)s",
    ),
)  # fmt: skip
SOURCES = (counting("grid.figures", "网格", "Grid", COUNTS),)
