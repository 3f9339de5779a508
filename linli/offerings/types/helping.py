"""Somebody applies for another: the item's own question for it, and how the helper stands to her."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

# the question by which an item asks for whom it is, and its answer for somebody else
WHOSE, OTHER = "whose", "other"


class Relation(StrEnum):
    """How a helper stands to whom she applies for."""

    FAMILY = "family"
    GUARDIAN = "guardian"
    FRIEND = "friend"
    CARER = "carer"
    OFFICE = "office"


RELATION_TITLES: Mapping[str, Any] = {
    Relation.FAMILY: _("Family"),
    Relation.GUARDIAN: _("Guardian"),
    Relation.FRIEND: _("Friend or neighbour"),
    Relation.CARER: _("Carer"),
    Relation.OFFICE: _("Somebody of the committee or a social worker"),
}
