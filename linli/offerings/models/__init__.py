"""What centres offer, as it is kept."""

from linli.offerings.models.applications import (
    Application,
    ApplicationPart,
    MaterialState,
    Payment,
    Refund,
)
from linli.offerings.models.items import Item, ItemTerm, ItemVersion

__all__ = [
    "Application",
    "ApplicationPart",
    "Item",
    "ItemTerm",
    "ItemVersion",
    "MaterialState",
    "Payment",
    "Refund",
]
