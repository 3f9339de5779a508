"""The matters of petitions and complaints in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.cases.types.matters import PetitionMatter, PropertyMatter

PETITION_MATTERS: dict[str, Any] = {
    PetitionMatter.SUGGESTION: _("Suggestion in a petition"),
    PetitionMatter.ACCUSATION: _("Accusation against an official"),
    PetitionMatter.APPEAL: _("Appeal or request"),
}
PROPERTY_MATTERS: dict[str, Any] = {
    PropertyMatter.REPAIR: _("Repairs"),
    PropertyMatter.CLEANING: _("Cleaning"),
    PropertyMatter.SECURITY: _("Guards and entrances"),
    PropertyMatter.FEES: _("Fees"),
    PropertyMatter.PARKING: _("Parking"),
    PropertyMatter.COMMON_PARTS: _("Common parts and their income"),
    PropertyMatter.OTHER: _("Something else"),
}
