"""What centres offer, as it is kept."""

from linli.offerings.models.applications import (
    Application,
    ApplicationPart,
    MaterialState,
    Payment,
    Refund,
)

__all__ = ["Application", "ApplicationPart", "MaterialState", "Payment", "Refund"]
