"""How characters are read here, for every search: 涌 is chong before yong, 滘 is jiao."""

from __future__ import annotations

from linli.people.rules.readings import syllables


def readings_of_sign(character: str) -> tuple[str, ...]:
    """Return the readings of one character, the likeliest first; nothing for what is no character."""
    return syllables(character)
