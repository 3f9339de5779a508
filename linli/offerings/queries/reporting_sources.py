"""What windows and applications answer in reports about each village."""

from __future__ import annotations

from linli.cases.queries.over import WITH_STEPS
from linli.kernel.reporting import Count, ReportColumn, counting

COUNTS = (
    Count(
        ReportColumn("offerings.windows", "服务窗口数", "Windows", "个", ("窗口", "服务窗口", "办事窗口")),
        "offerings_servicewindow x", "x.closed_on IS NULL",
    ),
    Count(
        ReportColumn("offerings.applications", "本年受理事项件数", "Applications accepted this year", "件", ("受理事项", "办理事项", "受理业务", "办件量", "办件")),
        WITH_STEPS,
        """x.kind = 'application' AND e.move IN ('accept', 'deem_accepted')
           AND e.at >= %(year)s AND e.at < %(until)s""",
        "count(DISTINCT x.id)",
    ),
    Count(
        ReportColumn("offerings.visits", "本年预约到访人次", "Booked visits this year", "人次", ("预约到访", "预约办理", "接待群众")),
        "offerings_appointment x",
        "x.state = 'came' AND x.starts_at >= %(year)s AND x.starts_at < %(until)s",
    ),
)  # fmt: skip
SOURCES = (counting("offerings.figures", "窗口服务", "Windows and applications", COUNTS),)
