"""Tables of the grid."""

from linli.grid.models.cells import CellContact, CellDuty, ContactVault
from linli.grid.models.heads import Headship, HeadVault, Word, WordVault
from linli.grid.models.phones import PhoneQueue, Queued
from linli.grid.models.rounds import HazardCheck, Sighting, Stop, Visit

__all__ = [
    "CellContact",
    "CellDuty",
    "ContactVault",
    "HazardCheck",
    "HeadVault",
    "Headship",
    "PhoneQueue",
    "Queued",
    "Sighting",
    "Stop",
    "Visit",
    "Word",
    "WordVault",
]
