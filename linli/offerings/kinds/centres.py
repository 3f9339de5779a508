"""What acts and things of service centres are called, for whoever reads the trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import SYSTEM_WORK, THINGS, VERBS, Verb

ACTS = {
    "offerings.platform_merged": _("Platform merged into a centre"),
    "offerings.platform_parted": _("Merging of a platform taken back"),
    "offerings.device_kept": _("Equipment of a centre entered"),
    "offerings.device_ended": _("Equipment of a centre taken off the list"),
    "offerings.cost_noted": _("Cost of a centre noted"),
    "offerings.cost_withdrawn": _("Cost of a centre taken back"),
    "offerings.check_begun": _("Check of the six norms begun"),
    "offerings.norm_answered": _("Norm of a centre answered"),
    "offerings.check_key_made": _("Phone made ready for checks without network"),
    "offerings.check_filed": _("Check of the six norms filed"),
    "offerings.check_dropped": _("Check of the six norms put away"),
}
KINDS = {
    "offerings.centreplatform": _("Platform of a centre"),
    "offerings.centredevice": _("Equipment of a centre"),
    "offerings.centrecost": _("Cost of a centre"),
    "offerings.centrecheck": _("Check of a centre"),
    "offerings.checkkey": _("Key of checks on a phone"),
}
WORK = {"offerings.centre_checks": _("handing down what a centre has to mend")}


def register() -> None:
    """Called once at start."""
    for registry, titles in ((VERBS, ACTS), (THINGS, KINDS), (SYSTEM_WORK, WORK)):
        registry.add_all(Verb(key, title) for key, title in titles.items())
