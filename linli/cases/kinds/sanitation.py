"""The plan's T18-1 has no number of its own: what is known is what residents say and what was done."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.cases.queries.sanitation import CATEGORY, sanitation_counts
from linli.cases.types.listing import View
from linli.kernel.days import bounds
from linli.kernel.paths import code_of
from linli.kernel.permits import STAFF
from linli.kernel.registries import INDICATORS, PLACE_NAMES, Evidence, Indicator, Measured

# a year, so that the rainy months of one year stand beside those of the other
DAYS = 365


def sanitation(path: str, on: date) -> Measured:
    """T18-1: reports on cleanliness and rubbish of a year that were solved ÷ all that came in.

    Unknown where nobody reported anything.
    """
    since = on - timedelta(days=DAYS - 1)
    rows = sanitation_counts(path, *bounds(since, on))
    if not rows:
        return Measured(None, None, on)
    names = PLACE_NAMES.call([row.path for row in rows])
    evidence = [
        Evidence(
            _("%(place)s: %(solved)s of %(came)s solved, %(late)s late")
            % {"place": names.get(row.path, row.path), "solved": row.solved, "came": row.came,
               "late": row.late},
            _list_of(row.path, since, view=View.OPEN if row.open else View.CLOSED, category=CATEGORY),
            row.path,
        )
        for row in rows
    ]  # fmt: skip
    # what companies were told to clean stands in no category: it is a list of its own
    evidence.append(
        Evidence(
            _("Complaints about cleaning by property companies, which are counted too"),
            _list_of(path, since, kind="property_complaint", matter="cleaning"), path,
        )
    )  # fmt: skip
    return Measured(sum(row.solved for row in rows), sum(row.came for row in rows), on, evidence)


def _list_of(path: str, since: date, **narrowed: str) -> str:
    """The list of such cases at a place that came in since a day; its tabs lead from the open ones to the ended ones."""
    query = urlencode({"place": code_of(path), "since": since.isoformat(), **narrowed})
    return f"{reverse('cases:list')}?{query}"


def register() -> None:
    """Add T18-1 to the indicators. Called at start."""
    INDICATORS.add(
        Indicator(
            "T18-1",
            gettext_lazy("Reports on sanitation solved"),
            "percent of reports",
            sanitation,
            STAFF,
            gettext_lazy("Solved with evidence or by the reporter's word ÷ came in, of a year"),
        )
    )
