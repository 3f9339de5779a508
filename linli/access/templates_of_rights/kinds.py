"""The templates that kinds of posts begin with; the kinds are those of the register of orgs."""

from __future__ import annotations

KIND_RIGHTS: dict[str, tuple[str, ...]] = {
    "party_secretary": ("village_chair", "town_lead"),
    "deputy_party_secretary": ("clerk", "town_lead"),
    "head": ("town_lead", "city_lead"),
    "deputy_head": ("town_lead", "city_lead"),
    "committee_chair": ("village_chair",),
    "committee_vice_chair": ("clerk",),
    "committee_member": ("clerk",),
    # 特别委员: an honorary post for residents from elsewhere (KPI-E5), with no work on the registers
    "special_member": (),
    "supervision_chair": ("supervision",),
    "supervision_member": ("supervision",),
    "centre_head": ("clerk", "town_official"),
    "official": ("town_official", "city_department"),
    "clerk": ("clerk",),
    "window_clerk": ("window_clerk",),
    "grid_worker": ("grid_worker",),
    "discipline_secretary": ("discipline",),
    "discipline_inspector": ("discipline",),
    "auditor": ("auditor",),
    "operator": ("operator",),
}
