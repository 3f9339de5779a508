"""What venues and events answer in reports about each village."""

from __future__ import annotations

from linli.kernel.reporting import Count, ReportColumn, counting

COUNTS = (
    Count(
        ReportColumn("activities.venues", "文体场地数", "Venues", "个", ("文体活动场所", "活动场所", "文体设施", "文化活动场所", "场地")),
        "activities_venue x", "x.ended_on IS NULL",
    ),
    Count(
        ReportColumn("activities.events", "本年举办活动场次", "Times of events this year", "场", ("本年举办活动", "举办活动", "活动场次", "文体活动场次", "开展活动")),
        "activities_event x JOIN activities_eventsession s ON s.event_id = x.id",
        "x.state NOT IN ('draft', 'cancelled') AND s.starts_at >= %(year)s AND s.starts_at < %(until)s",
    ),
    Count(
        ReportColumn("activities.groups", "文艺队伍数", "Groups of dancers, singers and players", "支", ("文艺队伍", "文体队伍", "文化队伍")),
        "activities_group x", "x.ended_on IS NULL",
    ),
)  # fmt: skip
SOURCES = (counting("activities.figures", "文体活动", "Venues and events", COUNTS),)
