"""Tables of the grid."""

from linli.grid.models.cells import CellContact, CellDuty, CellPart, ContactVault
from linli.grid.models.heads import Headship, HeadVault, Word, WordVault
from linli.grid.models.phones import PhoneQueue, Queued
from linli.grid.models.rounds import HazardCheck, Sighting, Stop, Visit
from linli.grid.models.storms import Shelter, Storm, StormHome, StormHomeVault, StormSheet
from linli.grid.models.warnings import WeatherWarning
from linli.grid.models.watch import Team, WatchNote, WatchSeat, WatchSwap

__all__ = [
    "CellContact",
    "CellDuty",
    "CellPart",
    "ContactVault",
    "HazardCheck",
    "HeadVault",
    "Headship",
    "PhoneQueue",
    "Queued",
    "Shelter",
    "Sighting",
    "Stop",
    "Storm",
    "StormHome",
    "StormHomeVault",
    "StormSheet",
    "Team",
    "Visit",
    "WatchNote",
    "WatchSeat",
    "WatchSwap",
    "WeatherWarning",
    "Word",
    "WordVault",
]
