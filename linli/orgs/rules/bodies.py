"""Which bodies a place begins with, how they are called, and what they stand under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

PLAN_1, PLAN_7, DIVISIONS = "方案任务1", "方案任务7", "统计用区划代码"


@dataclass(frozen=True, slots=True)
class Body:
    """A body of a place: its kind, names, where the name comes from and how sure it is."""

    kind: str
    name: str
    short_name: str
    suffix_en: str
    source: str
    certainty: str


# child kind → (hierarchy, kind of the body above, basis)
EDGES = {
    "leading_group": (("government", "city_government", "方案第五章（一）"),),
    "city_department": (("government", "city_government", ""),),
    "township_government": (("government", "city_government", ""),),
    "subdistrict_office": (("government", "city_government", ""),),
    "park_administration": (("government", "city_government", ""),),
    "party_department": (("party", "city_party_committee", ""),),
    "mass_organisation": (("party", "city_party_committee", "党章"),),
    "town_party_committee": (("party", "city_party_committee", "党章"),),
    "discipline_commission": (("party", "town_party_committee", "党章"),),
    "party_working_committee": (("party", "town_party_committee", PLAN_1),),
    "villagers_committee": (("party", "party_working_committee", PLAN_1),),
    "residents_committee": (("party", "party_working_committee", PLAN_1),),
    "affairs_supervision_committee": (("party", "party_working_committee", PLAN_7),),
}


def edges_of(kind: str) -> tuple[tuple[str, str, str], ...]:
    """Return under what a body of a kind stands: hierarchy, kind above, basis."""
    return EDGES.get(kind, ())


def bodies_of(
    level: str, kind: str, name: str, short_name: str, town_name: str
) -> tuple[Body, ...]:
    """Return the bodies that a place begins with; none for units without a committee.

    A collective is never among them: whether there is one, somebody must record.
    """
    if level == "town":
        return _town(kind, name, short_name)
    if kind == "village":
        return _village(name, short_name, town_name)
    if kind == "urban_community":
        return _community(name, short_name, town_name)
    return ()


def _town(kind: str, name: str, short: str) -> tuple[Body, ...]:
    if kind == "park":
        # the plan names parks and not their offices: the name is a usual one, to be checked
        return (
            Body("park_administration", f"{name}管理委员会", f"{short}管委会",
                 "Administration", "方案（各镇、街道、园区）", "check"),
        )  # fmt: skip
    is_street = kind == "subdistrict"
    work = "工作" if is_street else ""
    return (
        Body("town_party_committee", f"中共{name}{work}委员会",
             f"{name}党{'工委' if is_street else '委'}", "Party Committee", PLAN_7, "sure"),
        Body("discipline_commission", f"中共{name}纪律检查{work}委员会",
             f"{name}纪{'工委' if is_street else '委'}",
             "Discipline Inspection Commission", PLAN_7, "check"),
        Body("subdistrict_office" if is_street else "township_government",
             f"{name}办事处" if is_street else f"{name}人民政府",
             f"{name}办事处" if is_street else f"{name}政府",
             "Subdistrict Office" if is_street else "People's Government", PLAN_7, "sure"),
    )  # fmt: skip


def _village(name: str, short: str, town: str) -> tuple[Body, ...]:
    return (
        _working_committee(short, town),
        Body("villagers_committee", name, f"{short.removesuffix('村')}村委会",
             "Villagers' Committee", DIVISIONS, "sure"),
        Body("affairs_supervision_committee", f"{short}村务监督委员会", f"{short}监委会",
             "Affairs Supervision Committee", PLAN_7, "sure"),
    )  # fmt: skip


def _community(name: str, short: str, town: str) -> tuple[Body, ...]:
    return (
        _working_committee(short, town),
        Body("residents_committee", name, f"{short}居委会",
             "Residents' Committee", DIVISIONS, "sure"),
        Body("affairs_supervision_committee", f"{short}居务监督委员会", f"{short}监委会",
             "Affairs Supervision Committee", PLAN_7, "sure"),
    )  # fmt: skip


def _working_committee(short: str, town: str) -> Body:
    # 党工委 is the form of the plan; some villages have a Party committee or branch instead
    return Body("party_working_committee", f"中共{town}{short}工作委员会", f"{short}党工委",
                "Party Working Committee", PLAN_1, "check")  # fmt: skip


def nearest(path: str, kind: str, known: Mapping[tuple[str, str], T]) -> T | None:
    """Return the nearest body of a kind at a place or above it."""
    while path:
        if (path, kind) in known:
            return known[path, kind]
        path = path.rstrip("/").rpartition("/")[0]
        path = f"{path}/" if path else ""
    return None
