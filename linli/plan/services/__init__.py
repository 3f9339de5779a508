"""Writes of plan: reading in, correcting, binding, filing, piloting, supervising, measuring."""

from linli.plan.services.binding import bind_target_to_indicator, link_departments
from linli.plan.services.calling import call_towns, end_call
from linli.plan.services.correcting import add_target, correct_item
from linli.plan.services.filing import (
    check_town_plan,
    file_town_plan,
    refile_town_plan,
)
from linli.plan.services.funding import add_funding_line, withdraw_funding_line
from linli.plan.services.importing import import_plan, name_groups
from linli.plan.services.measuring import measure_all
from linli.plan.services.moving import follow_places, rehouse
from linli.plan.services.pilots import add_practice, end_pilot, start_pilot, withdraw_practice
from linli.plan.services.reports import check_report, file_report, refile_report
from linli.plan.services.visits import answer_visit, close_visit, record_visit, reopen_visit

__all__ = [
    "add_funding_line",
    "add_practice",
    "add_target",
    "answer_visit",
    "bind_target_to_indicator",
    "call_towns",
    "check_report",
    "check_town_plan",
    "close_visit",
    "correct_item",
    "end_call",
    "end_pilot",
    "file_report",
    "file_town_plan",
    "follow_places",
    "import_plan",
    "link_departments",
    "measure_all",
    "name_groups",
    "record_visit",
    "refile_report",
    "refile_town_plan",
    "rehouse",
    "reopen_visit",
    "start_pilot",
    "withdraw_funding_line",
    "withdraw_practice",
]
