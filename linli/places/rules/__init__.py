"""Decisions about places, as functions of plain values."""

from linli.places.rules.tree import (
    CODE,
    LEVELS,
    Carried,
    Life,
    Part,
    apportion,
    became,
    carried,
    figure,
    is_below,
    is_code,
    may_hang,
    may_mix,
    moved,
    restated,
    together,
)

__all__ = [
    "CODE",
    "LEVELS",
    "Carried",
    "Life",
    "Part",
    "apportion",
    "became",
    "carried",
    "figure",
    "is_below",
    "is_code",
    "may_hang",
    "may_mix",
    "moved",
    "restated",
    "together",
]
