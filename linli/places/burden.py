"""What places asks of staff, with the basis, and what its tables know already."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import HELD_FACTS, STAFF_DEMANDS, HeldFact, StaffDemand

STAFF = (
    StaffDemand(
        "places.change", _("Enter a decision that changes a place"), "form",
        "行政区划管理条例（国务院令第704号）；VCL 2026 art. 3, RCL 2026：村、社区的设立、撤销、调整", 120,
    ),
    StaffDemand(
        "places.split", _("Write the parts of a place that is split, line by line"), "repeated_cell",
        "行政区划管理条例（国务院令第704号）", 120,
    ),
    StaffDemand(
        "places.ruling", _("Enter a decision of the town about a village"), "form",
        "实施方案：分类施策；统计用区划代码和城乡划分规定", 45,
    ),
    StaffDemand(
        "places.part", _("Enter a group or building of the village"), "form",
        "VCL 2026 art. 3, RCL 2026：村民小组、居民小组的设立；标准地址管理", 60,
    ),
    StaffDemand(
        "places.part_list", _("Hand in the groups and buildings of a village as a list"), "upload",
        "VCL 2026 art. 3, RCL 2026：村民小组、居民小组的设立；标准地址管理", 120, period="once",
    ),
    StaffDemand(
        "places.cell", _("Draw a cell on the map"), "form", "网格化服务管理：网格划分（check）", 60,
    ),
    StaffDemand(
        "places.cell_size", _("Say how many households a cell has, if known"), "count",
        "网格化服务管理：网格划分（check）", 5,
    ),
    StaffDemand(
        "places.layer", _("Begin a layer of cells, or call one otherwise"), "form",
        "网格化服务管理：网格划分（check）", 60, period="once",
    ),
    StaffDemand(
        "places.outlines", _("Load the outlines of places, or take them back"), "upload",
        "行政区域界线管理条例（国务院令第353号）；公开地图内容表示规范（check）", 120, period="once",
    ),
    StaffDemand(
        "places.cells", _("Hand in the cells of a village as a file"), "upload",
        "网格化服务管理：网格划分（check）", 120,
    ),
)  # fmt: skip
HELD = (
    HeldFact(
        "places.places",
        _("Names and codes of places"),
        (
            "place",
            "place_code",
            "under",
            "short_name",
        ),
    ),
)


def register() -> None:
    """Tell the burden guard. Called at start."""
    STAFF_DEMANDS.add_all(STAFF)
    HELD_FACTS.add_all(HELD)
