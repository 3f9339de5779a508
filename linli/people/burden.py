"""What people asks of staff and residents, with the basis, and what its tables know already."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import (
    HELD_FACTS,
    RESIDENT_DEMANDS,
    STAFF_DEMANDS,
    HeldFact,
    ResidentDemand,
    StaffDemand,
)

STAFF = (
    StaffDemand(
        "people.register", _("Enter or correct a resident"), "form",
        "VCL 2026, RCL 2026：居民、村民情况由村（居）委会掌握；PIPL art. 13", 90,
    ),
    StaffDemand(
        "people.households", _("Keep households"), "form",
        "户口登记条例第五条：家庭户、集体户", 45,
    ),
    StaffDemand(
        "people.dwellings", _("Keep dwellings and who answers for them"), "form",
        "广东省流动人口服务管理条例：出租屋登记；治安管理与消防责任", 60,
    ),
    StaffDemand(
        "people.beds", _("Say how many beds a dwelling has"), "count",
        "广东省流动人口服务管理条例；住宿场所消防（check）", 5,
    ),
    StaffDemand(
        "people.declarations", _("Note a declaration made in the police system"), "form",
        "广东省流动人口服务管理条例：居住登记由公安办理，此处只记一次", 20,
    ),
    StaffDemand(
        "people.rolls", _("Keep rolls"), "form",
        "VCL 2026：选民登记；农村集体经济组织法：成员名册；民法典：业主", 60,
    ),
    StaffDemand(
        "people.list", _("Hand in a list that exists instead of typing it"), "upload",
        "VCL 2026, RCL 2026：居民、村民情况由村（居）委会掌握；PIPL art. 13", 120,
    ),
    StaffDemand(
        "people.erase", _("Forget somebody when the law asks it"), "form",
        "PIPL art. 47", 60,
    ),
)  # fmt: skip
RESIDENTS = (
    ResidentDemand(
        "people.register", _("Register of residents"), _("name, documents (sealed), residence, household, dwelling"),
        "VCL 2026, RCL 2026; 户口登记条例; PIPL art. 13", _("while the person lives here, then by the terms below"),
    ),
)  # fmt: skip
HELD = (
    HeldFact(
        "people.persons",
        _("Name, birth, documents, telephone and address of a person"),
        (
            "name",
            "name_*",
            "*_name",
            "born_on",
            "birth*",
            "phone",
            "*_phone",
            "mobile",
            "telephone",
            "document_number",
            "id_number",
            "address",
            "*_address",
            "employer",
        ),
    ),
)


def register() -> None:
    """Tell the burden guard. Called at start."""
    STAFF_DEMANDS.add_all(STAFF)
    RESIDENT_DEMANDS.add_all(RESIDENTS)
    HELD_FACTS.add_all(HELD)
