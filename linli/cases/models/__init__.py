"""Tables of cases."""

from linli.cases.models.events import CaseEvent, InternalWords, PublicWords
from linli.cases.models.finding import CaseSigns, WordSigns
from linli.cases.models.heads import NEVER, Case, CaseLink, Category, KindState, KindTable
from linli.cases.models.intake import CaseFile, Reporter, ReportSpot
from linli.cases.models.public import CallBack, Rating, RatingReview, SampleSeed, WeeklyReport
from linli.cases.models.routing import Responsibility, RoutingRule, RoutingTest, RuleSet
from linli.cases.models.work import Assignment, CaseClock

__all__ = [
    "SampleSeed",
    "WeeklyReport",
    "NEVER",
    "Assignment",
    "CallBack",
    "Case",
    "CaseClock",
    "CaseEvent",
    "CaseFile",
    "CaseLink",
    "CaseSigns",
    "WordSigns",
    "Category",
    "InternalWords",
    "KindState",
    "KindTable",
    "PublicWords",
    "Rating",
    "RatingReview",
    "Responsibility",
    "RoutingRule",
    "RoutingTest",
    "RuleSet",
    "ReportSpot",
    "Reporter",
]
