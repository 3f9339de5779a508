"""What people type on the pages of plan."""

from linli.plan.forms.boards import WhenForm
from linli.plan.forms.money import FundingForm, WithdrawForm
from linli.plan.forms.texts import (
    FIELD_TITLES,
    BindForm,
    CorrectionForm,
    ImportForm,
)
from linli.plan.forms.towns import (
    CallForm,
    CheckForm,
    CheckReportForm,
    NewTownPlanForm,
    PlaceForm,
    RefileForm,
    RefileReportForm,
    ReportForm,
    TasksForm,
    TownPlanForm,
)
from linli.plan.forms.work import (
    AnswerVisitForm,
    EndPilotForm,
    PilotForm,
    PracticeForm,
    VisitForm,
)

__all__ = [
    "AnswerVisitForm",
    "BindForm",
    "CallForm",
    "CheckForm",
    "CheckReportForm",
    "CorrectionForm",
    "EndPilotForm",
    "FIELD_TITLES",
    "FundingForm",
    "ImportForm",
    "NewTownPlanForm",
    "PilotForm",
    "PlaceForm",
    "PracticeForm",
    "RefileForm",
    "RefileReportForm",
    "ReportForm",
    "TasksForm",
    "TownPlanForm",
    "VisitForm",
    "WhenForm",
    "WithdrawForm",
]
