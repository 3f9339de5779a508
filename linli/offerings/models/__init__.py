"""What centres offer, as it is kept."""

from linli.offerings.models.applications import (
    Application,
    ApplicationPart,
    MaterialState,
    Payment,
    Refund,
    Waiver,
)
from linli.offerings.models.appointments import Appointment
from linli.offerings.models.benefits import Benefit
from linli.offerings.models.centres import (
    CentreCheck,
    CentreCost,
    CentreDevice,
    CentrePlatform,
    CentrePoint,
    CheckKey,
)
from linli.offerings.models.home_visits import HomeVisit
from linli.offerings.models.item_lists import ItemList
from linli.offerings.models.items import Item, ItemTerm, ItemVersion
from linli.offerings.models.mandates import AgentMandate
from linli.offerings.models.record_questions import RecordQuestion
from linli.offerings.models.reporting import (
    ReportingCell,
    ReportingColumn,
    ReportingRow,
    ReportingSheet,
    ReportingTask,
)
from linli.offerings.models.rounds import DrawEntry, DrawRound
from linli.offerings.models.tickets import Ticket
from linli.offerings.models.visit_ratings import RatingTablet, VisitRating
from linli.offerings.models.windows import DayOff, ServiceWindow, WindowHours

__all__ = [
    "AgentMandate",
    "Application",
    "ApplicationPart",
    "Appointment",
    "CentreCheck",
    "CentreCost",
    "CentreDevice",
    "CentrePlatform",
    "CentrePoint",
    "CheckKey",
    "Benefit",
    "DayOff",
    "DrawEntry",
    "DrawRound",
    "HomeVisit",
    "Item",
    "ItemList",
    "ItemTerm",
    "ItemVersion",
    "MaterialState",
    "Payment",
    "RecordQuestion",
    "Refund",
    "Waiver",
    "ReportingCell",
    "ReportingColumn",
    "ReportingRow",
    "ReportingSheet",
    "ReportingTask",
    "ServiceWindow",
    "Ticket",
    "RatingTablet",
    "VisitRating",
    "WindowHours",
]
