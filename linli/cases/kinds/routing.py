"""What routing gives to the sheet of a case, to its story, and to posts that are to know."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.cases.queries.routes import routing_section
from linli.cases.services.extending import TIME_ASKED
from linli.cases.services.informing import INFORMED
from linli.cases.services.late_words import LATE_WORDS
from linli.cases.services.news import LATE_HERE, NEWS
from linli.cases.services.placing import STEP
from linli.cases.types.sections import SHEET_SECTIONS, Section
from linli.cases.types.steps import STEPS, StepWords
from linli.notify.types import TEMPLATES, told

SHEET = Section("cases.routing", 60, "cases/_routing_section.html", routing_section)
MESSAGE = told(
    INFORMED, _("A case came that your post is to know of"), "notify.work",
    _("Case %(number)s came in. Another post handles it; yours is to know."),
)  # fmt: skip


LATE = told(
    LATE_WORDS, _("Words of a resident were not read in time"), "notify.work",
    _("Nobody has decided yet whether words or photos of case %(number)s are shown. Your post may decide too."),
)  # fmt: skip
NEWS_OF_POST = told(
    NEWS, _("New with your post"), "notify.work",
    _("To accept: %(offered)s. Soon due: %(soon)s. Late since the last message: %(late)s."),
)  # fmt: skip
LATE_AT_PLACE = told(
    LATE_HERE, _("Cases became late where you supervise"), "notify.work",
    _("Late since the last message: %(late)s. The board shows where help is needed."),
)  # fmt: skip
ASKED = told(
    TIME_ASKED, _("More time is asked for"), "notify.work",
    _("For case %(number)s more time is asked for. Your post may give it; until then the day stands."),
)  # fmt: skip


def register() -> None:
    """Register them. Called once at start."""
    SHEET_SECTIONS.add(SHEET)
    STEPS.add(StepWords(STEP, _("Category or place put right"), "pencil"))
    TEMPLATES.add_all((MESSAGE, LATE, NEWS_OF_POST, LATE_AT_PLACE, ASKED))
