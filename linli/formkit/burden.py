"""What formkit asks of staff and residents, with the basis."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import RESIDENT_DEMANDS, STAFF_DEMANDS, ResidentDemand, StaffDemand

ONCE = "BU-23：整治形式主义为基层减负若干规定（2024），同一材料只报一次；表单一次设计，各处共用"
STAFF = (
    StaffDemand("formkit.builder", _("Build a form"), "form", ONCE, 600),
    StaffDemand("formkit.numbers", _("Limits of a question, such as most rows"), "count", ONCE, 10),
    StaffDemand("formkit.file", _("Bring in a form that was exported"), "upload", ONCE, 60),
)
RESIDENTS = (
    ResidentDemand(
        "formkit.try", _("A form to try out"),
        _("what the form asks; nobody gets it"),
        _("the residents themselves want to try it"), _("seven days at most, encrypted"),
    ),
)  # fmt: skip


def register() -> None:
    """Tell the burden guard. Called at start."""
    STAFF_DEMANDS.add_all(STAFF)
    RESIDENT_DEMANDS.add_all(RESIDENTS)
