"""What access asks of staff and residents, with the basis, and what its tables know already."""

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
        "access.sign_in", _("Sign in with a second factor, when work begins"), "form",
        "GB/T 22239-2019 8.1.4.1 身份鉴别：两种或以上鉴别技术", 20, optional=False,
    ),
    StaffDemand(
        "access.reset", _("Ask for a new way in"), "form",
        "GB/T 22239-2019 8.1.4.1 身份鉴别：两种或以上鉴别技术", 40,
    ),
    StaffDemand(
        "access.accounts", _("Keep accounts, rights and computers"), "form",
        "GB/T 22239-2019 8.1.4.2 访问控制：最小权限、权限分离", 60,
    ),
    StaffDemand(
        "access.unit", _("Name the unit of a colleague whose body is in no register"), "repeated_cell",
        "GB/T 22239-2019 8.1.4.2 访问控制：最小权限、权限分离", 5,
    ),
    StaffDemand(
        "access.staff_list", _("Hand in a list of staff instead of typing it"), "upload",
        "GB/T 22239-2019 8.1.4.2 访问控制：最小权限、权限分离", 120,
    ),
    StaffDemand(
        "access.deputies", _("Name a deputy"), "form",
        "VCL 2026, RCL 2026：空缺岗位由代理人顶上（check）", 45,
    ),
    StaffDemand(
        "access.act_for", _("Say for whom one acts at the counter"), "form",
        "国办发〔2020〕45号：保留传统服务方式，允许代办；GB/T 22239-2019 8.1.4.3 安全审计", 20, optional=False,
    ),
    StaffDemand(
        "access.residents", _("Tie an account to a person, enter a mandate"), "form",
        "民法典第一百六十五条：委托代理授权；PIPL art. 13", 60,
    ),
    StaffDemand(
        "access.emergency", _("Give the reason for emergency access, and review it"), "form",
        "GB/T 22239-2019 8.1.4.3 安全审计", 60, optional=False,
    ),
    StaffDemand(
        "access.requests", _("Answer what a person asks about their own data"), "form",
        "PIPL art. 44 to 50", 300, optional=False,
    ),
)  # fmt: skip
RESIDENTS = (
    ResidentDemand(
        "access.sign_in", _("Sign-in"), _("phone number (sealed) and one-time code"),
        "PIPL art. 13", _("while the account lives; a code for minutes"),
    ),
    ResidentDemand(
        "access.own_data", _("Request about own data"), _("what is asked, and the place"),
        "PIPL art. 44 to 50", _("three years after the answer"),
    ),
)  # fmt: skip
HELD = (
    HeldFact(
        "access.accounts",
        _("Names and numbers of accounts"),
        (
            "username",
            "account",
            "display_name",
            "unit",
        ),
    ),
)


def register() -> None:
    """Tell the burden guard. Called at start."""
    STAFF_DEMANDS.add_all(STAFF)
    RESIDENT_DEMANDS.add_all(RESIDENTS)
    HELD_FACTS.add_all(HELD)
