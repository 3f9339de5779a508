"""What matters of residents answer in reports about each village: numbers alone, of no level above staff."""

from __future__ import annotations

from linli.kernel.permits import STAFF
from linli.kernel.reporting import Count, ReportColumn, counting

SEEN = f"x.kind = 'report' AND x.level <= {STAFF}"
THIS_YEAR = f"{SEEN} AND x.opened_at >= %(year)s"
COUNTS = (
    Count(
        ReportColumn("cases.filed", "本年受理诉求件数", "Reports of residents this year", "件", ("受理诉求", "群众诉求", "受理群众诉求", "诉求受理")),
        "cases_case x", f"{THIS_YEAR} AND x.opened_at < %(until)s",
    ),
    Count(
        ReportColumn("cases.closed", "本年办结诉求件数", "Reports of residents closed this year", "件", ("办结诉求", "诉求办结", "已办结")),
        "cases_case x", f"{THIS_YEAR} AND x.closed_at < %(until)s",
    ),
    Count(
        ReportColumn("cases.open", "在办诉求件数", "Reports of residents being worked on", "件", ("在办诉求", "未办结诉求", "在办")),
        "cases_case x", f"{SEEN} AND x.is_open",
    ),
)  # fmt: skip
SOURCES = (counting("cases.figures", "群众诉求", "Matters of residents", COUNTS),)
