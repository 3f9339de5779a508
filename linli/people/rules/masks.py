"""What is shown of something in the vault before it is revealed."""

from __future__ import annotations

from linli.people.rules.addresses import mask_address
from linli.people.types import ContactKind
from linli.ui.masks import mask_phone


def mask_contact(kind: str, value: str) -> str:
    """Return 138****1234, l***@example.org, or an address as far as the building."""
    if kind == ContactKind.PHONE:
        return mask_phone(value)
    if kind == ContactKind.EMAIL:
        name, _, domain = value.partition("@")
        return f"{name[:1]}***@{domain}"
    return mask_address(value)
