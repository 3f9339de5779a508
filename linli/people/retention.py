"""How long the register keeps what it holds, and how it goes."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import system_actor
from linli.kernel.registries import KEPT_FOR_GOOD, RETENTION, Kept, Retention
from linli.kernel.retention import Rows, Work, ago
from linli.people.queries import gone
from linli.people.services.forgetting import KEEP_REFUSED, forget_gone

OURS = "ours (check)"
YEAR = timedelta(days=365)
SYSTEM = system_actor("people.retention")
# a list that nobody ended counts as dropped when its file is erased
OF_OLD_LIST = """run_id IN (SELECT id FROM people_importrun
    WHERE coalesce(ended_at, made_at + interval '30 days') < %(before)s)"""
OLD_LIST = """coalesce(ended_at, made_at) < %(before)s
    AND NOT EXISTS (SELECT 1 FROM people_importrow r WHERE r.run_id = people_importrun.id)"""

ENTRIES = (
    Retention(
        "people.gone", _("Residents who left or died"),
        (
            "people_person", "people_residency", "people_nameterm", "people_persondocument",
            "people_contact", "people_personkey",
        ),
        _("ten years after leaving or death (values of the rulebook), then name, documents, telephone and address go; numbers that count people stay"),
        "PIPL art. 19, 47; 村级档案管理办法; ours (check)",
        Work(
            lambda now, limit: forget_gone(actor=SYSTEM, now=now, limit=limit),
            gone.count_gone,
        ),
    ),
    Retention(
        "people.refused_rows", _("Rows of lists that were refused"), ("people_importrow",),
        _("30 days after the list was taken or dropped"), "PIPL art. 19; ours (check)",
        Rows("people_importrow", OF_OLD_LIST, ago(KEEP_REFUSED)),
    ),
    Retention(
        "people.lists", _("Lists that were handed in: when, by whom, how many rows"),
        ("people_importrun",), _("three years"), OURS,
        Rows("people_importrun", OLD_LIST, ago(3 * YEAR)),
    ),
    Retention(
        "people.sources", _("What the columns of a source mean"), ("people_importsource",),
        _("two years after the last list"), OURS,
        Rows("people_importsource", "used_at < %(before)s", ago(2 * YEAR)),
    ),
)  # fmt: skip
KEPT = (
    Kept(
        "people_roll*", _("a roll proves a vote, a share or a property; names go with the person")
    ),
    Kept(
        "people_household*", _("the history of households counts people; names go with the person")
    ),
    Kept("people_dwelling*", _("a building outlives who lives in it; names go with the person")),
    Kept("people_duplicatepair", _("joining must stay possible to undo")),
)


def register() -> None:
    """Tell the nightly job. Called at start."""
    RETENTION.add_all(ENTRIES)
    KEPT_FOR_GOOD.add_all(KEPT)
