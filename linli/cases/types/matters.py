"""Matters within kinds: they choose terms and ways. Values stand in tables and never change."""

from __future__ import annotations

from enum import StrEnum


class PetitionMatter(StrEnum):
    """The three kinds of petition (AP-07): 建议意见, 检举控告, 申诉求决."""

    SUGGESTION = "suggestion"
    ACCUSATION = "accusation"
    APPEAL = "appeal"


class PropertyMatter(StrEnum):
    """What owners complain of."""

    REPAIR = "repair"
    CLEANING = "cleaning"
    SECURITY = "security"
    FEES = "fees"
    PARKING = "parking"
    COMMON_PARTS = "common_parts"
    OTHER = "other"


class PaperUrgency(StrEnum):
    """紧急程度 of a paper: usual, urgent, most urgent."""

    USUAL = "usual"
    URGENT = "urgent"
    MOST_URGENT = "most_urgent"
