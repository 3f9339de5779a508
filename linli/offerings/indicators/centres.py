"""What the plan asks of centres: T12-2, whether they keep the six norms."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.registries import INDICATORS, Evidence, Indicator, Measured
from linli.offerings.queries.centres import last_checks, tallies_of
from linli.offerings.queries.norms import norms
from linli.orgs import queries as orgs
from linli.orgs.queries.centres import PUBLIC_CENTRE
from linli.ui.jinja import named


def six_norms(path: str, on: date) -> Measured:
    """T12-2: open public centres whose last filed check found all six norms met ÷ open public centres.

    Unknown as long as no centre was checked; a centre that was not checked does not count as meeting them.
    """
    rows = [row for row in orgs.centre_rows(path, on=on, kind=PUBLIC_CENTRE) if row.is_open]
    last = last_checks([row.organisation.pk for row in rows], on)
    if not last:
        return Measured(None, len(rows) or None, on)
    tallies = tallies_of([one.pk for one in last.values()])
    good: list[Evidence] = []
    left: list[Evidence] = []
    for row in rows:
        check = last.get(row.organisation.pk)
        met = sum(one.is_met for one in tallies[check.pk].values()) if check else 0
        words = (
            _("%(centre)s: %(met)s of %(norms)s norms")
            % {"centre": named(row.organisation), "met": met, "norms": len(norms())}
            if check
            else _("%(centre)s: not checked yet") % {"centre": named(row.organisation)}
        )
        url = reverse("offerings:centre", args=[row.organisation.code])
        told = Evidence(words, url, row.organisation.path)
        (good if check and met == len(norms()) else left).append(told)
    return Measured(len(good), len(rows), on, good, left)


def register() -> None:
    """Give the plan what it can ask about centres. Called once at start."""
    INDICATORS.add(
        Indicator(
            "T12-2", gettext_lazy("Public service centres that keep the six norms"), "percent of centres", six_norms,
            method=gettext_lazy("Open centres whose last check found all six norms met ÷ all open public centres; who was not checked does not count as meeting them"),
        )
    )  # fmt: skip
