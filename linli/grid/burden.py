"""What the grid asks of staff, with the basis, and what its tables know already."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import (
    RESIDENT_DEMANDS,
    STAFF_DEMANDS,
    ResidentDemand,
    StaffDemand,
)

STANDARD = "GB/T 34300-2017：城乡社区网格化服务管理规范"
FIRE = "消防法；广东省出租屋消防安全规定；实施方案任务17"
WATCH = "平安建设、突发事件应对法第37条：应急值守（check）；群防群治"
STORM = "防洪法、突发事件应对法：转移安置（check）"
STAFF = (
    StaffDemand(
        "grid.head", _("Record who was chosen as head, and the hand-over"), "form",
        "实施方案任务10：推选产生巷长、栋长、楼长", 60,
    ),
    StaffDemand(
        "grid.head_votes", _("Enter the voices of the neighbours"), "count",
        "实施方案任务10：推选产生巷长、栋长、楼长", 15,
    ),
    StaffDemand("grid.storm", _("Declare a flood, typhoon or drought"), "form", STORM, 15),
    StaffDemand("grid.shelter", _("Enter a shelter with its places and stock"), "form", STORM, 60, period="once"),
    StaffDemand("grid.shelter_places", _("Say how many people find room"), "count", STORM, 5, period="once"),
    StaffDemand("grid.storm_home", _("Name a home to be moved, its helper and shelter"), "form", STORM, 60),
    StaffDemand("grid.storm_strike", _("Take a home off the list of a storm"), "form", STORM, 10),
    StaffDemand("grid.storm_people", _("Say how many people are moved"), "count", STORM, 5),
    StaffDemand("grid.storm_sheet", _("Give the numbers of the village in a storm, once"), "count", STORM, 60),
    StaffDemand("grid.warning", _("Pass a warning on to the place"), "form", STORM, 15),
    StaffDemand("grid.warning_days", _("Say for how many days a warning is posted"), "count", STORM, 5),
    StaffDemand("grid.team", _("Enter a team of the place"), "form", WATCH, 30, period="once"),
    StaffDemand(
        "grid.team_people", _("Say how many people a team has"), "count", WATCH, 5, period="once"
    ),
    StaffDemand("grid.roster", _("Say which posts are on duty"), "form", WATCH, 120),
    StaffDemand("grid.handover", _("Leave a word to the next shift"), "form", WATCH, 30),
    StaffDemand("grid.swap", _("Ask another post to swap a shift"), "form", WATCH, 15),
    StaffDemand(
        "grid.event", _("Report what is seen in a cell, and move it on"), "form",
        f"{STANDARD}；实施方案任务8", 45,
    ),
    StaffDemand(
        "grid.event_photo", _("Photograph what is seen, where a picture says more"), "photo",
        f"{STANDARD}: the thing, never the worker; nobody has to", 20,
    ),
    StaffDemand(
        "grid.here", _("Show where something was seen, by a tap"), "location",
        f"{STANDARD}: the place of the thing, never of the worker", 3,
    ),
    StaffDemand(
        "grid.stop", _("Say which places are visited, and in which rhythm"), "form",
        f"{STANDARD}；实施方案任务8：联系到户", 30, period="once",
    ),
    StaffDemand(
        "grid.visit", _("Record how a visit was"), "form", f"{STANDARD}；实施方案任务8：联系到户", 15,
    ),
    StaffDemand("grid.check", _("Check a place for hazards by checklist"), "form", FIRE, 120),
    StaffDemand(
        "grid.check_photo", _("Photograph a grave danger that was found"), "photo", FIRE, 20,
        scene="fire", optional=False,
    ),
    StaffDemand(
        "grid.kept", _("Say why something that a phone kept is not done"), "form",
        f"{STANDARD}；实施方案任务8", 15,
    ),
    StaffDemand(
        "grid.duty", _("Say which post looks after a cell"), "form",
        f"{STANDARD}；实施方案任务8：村（居）委会派驻、责任分工到人", 40,
    ),
    StaffDemand(
        "grid.contact", _("Enter a contact person who agreed to be named"), "form",
        f"{STANDARD}；PIPL art. 13 (1), 14：单独同意", 60,
    ),
)  # fmt: skip
RESIDENTS = (
    ResidentDemand(
        "grid.head", _("Standing as head of a building, block or lane"),
        _("the name to be called by, and a telephone for the office"), "PIPL art. 13 (1); 实施方案任务10",
        _("the telephone as long as the person stands or serves; the name a year after the term"),
    ),
    ResidentDemand(
        "grid.word", _("A word to the head"), _("what it is about; a telephone only if given"),
        "PIPL art. 13 (1); 实施方案任务10", _("30 days after the matter is over"),
    ),
    ResidentDemand(
        "grid.word_answer", _("What the head answers"), _("a word to the neighbour"),
        "PIPL art. 13 (1); 实施方案任务10", _("30 days after the matter is over"),
    ),
    ResidentDemand(
        "grid.contact", _("Contact person of neighbours"),
        _("name, telephone, and the day and way of the consent"), "PIPL art. 13 (1), 14",
        _("until the person takes the consent back or is relieved; name and telephone go that day"),
    ),
)  # fmt: skip


def register() -> None:
    """Tell the burden guard. Called at start."""
    STAFF_DEMANDS.add_all(STAFF)
    RESIDENT_DEMANDS.add_all(RESIDENTS)
