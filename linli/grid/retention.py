"""How long the grid keeps what it knows, and how it goes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from linli.grid.queries.heads import count_terms_over, words_over
from linli.grid.queries.storms import homes_over
from linli.grid.services import heads, homes, words
from linli.kernel.permits import system_actor
from linli.kernel.registries import KEPT_FOR_GOOD, RETENTION, Kept, Retention
from linli.kernel.retention import Blanked, Rows, Work, ago

OVER = "until IS NOT NULL AND until < (%(before)s)::date"
GONE = "state IN ('ended', 'not_chosen', 'withdrawn') AND (public_name <> '' OR account_id IS NOT NULL OR person_id IS NOT NULL) AND coalesce(ended_on, decided_on, stood_on) < (%(before)s)::date"
SETTLED = "state IN ('done', 'anew', 'dropped') AND coalesce(decided_at, received_at) < %(before)s"
UNUSED = "used_on < (%(before)s)::date AND NOT EXISTS (SELECT 1 FROM grid_queued e WHERE e.queue_id = grid_phonequeue.id)"
ROSTERS = (
    Retention(
        "grid.rosters", _("Duty rosters of past days"), ("grid_watchseat", "grid_watchswap"),
        _("a year after the day"), "ours (check)",
        Rows("grid_watchseat", '"on" < (%(before)s)::date', ago(timedelta(days=365))),
    ),
    Retention(
        "grid.watch_notes", _("Hand-overs of shifts"), ("grid_watchnote",),
        _("180 days after the shift"), "ours (check)",
        Rows("grid_watchnote", '"on" < (%(before)s)::date', ago(timedelta(days=180))),
    ),
)  # fmt: skip
KEPT = (
    Kept("grid_storm", _("which storms were declared; no persons")),
    Kept("grid_shelter", _("shelters with places and stock; no persons")),
    Kept("grid_stormsheet", _("numbers of a village in a storm; no persons")),
    Kept("grid_weatherwarning", _("what was warned of, and until when; no persons")),
    Kept("grid_team", _("teams by number; no persons")),
    Kept("grid_cellduty", _("which posts looked after a cell; no persons")),
    Kept("grid_cellpart", _("which groups and buildings lie in a cell; no persons")),
    Kept("grid_sighting", _("where a case was seen; goes with the case")),
    Kept("grid_stop", _("places of the rounds; no persons")),
    Kept("grid_visit", _("days of visits to places; no persons")),
    Kept("grid_hazardcheck", _("what was found; a danger of before explains one of now")),
)


def _let_words_go(now: datetime, limit: int) -> int:
    return words.let_go(now, limit, actor=system_actor("grid.let_go"))


def _let_homes_go(now: datetime, limit: int) -> int:
    return homes.let_go(now, limit, actor=system_actor("grid.storm"))


def _end_terms(now: datetime, limit: int) -> int:
    return heads.end_lapsed_terms(now, limit, actor=system_actor("grid.heads"))


HOMES = Retention(
    "grid.storm_homes", _("Homes moved in a storm"), ("grid_stormhome", "grid_stormhomevault"),
    _("30 days after the end of the storm"), "PIPL art. 19; ours (check)",
    Work(_let_homes_go, homes_over),
)  # fmt: skip


def register() -> None:
    """Tell the nightly job. Called at start."""
    KEPT_FOR_GOOD.add_all(KEPT)
    RETENTION.add(
        Retention(
            "grid.words",
            _("Words to heads of buildings"),
            ("grid_word", "grid_wordvault"),
            _("30 days after the matter is over"),
            "PIPL art. 19; ours (check)",
            Work(_let_words_go, words_over),
        )
    )
    RETENTION.add_all((*ROSTERS, HOMES))
    RETENTION.add(
        Retention(
            "grid.head_terms", _("Telephones of heads whose agreed term ran out"), ("grid_headvault",),
            _("until the agreed end of the term, with which the term itself ends"),
            "PIPL art. 19; ours (check)", Work(_end_terms, count_terms_over),
        )
    )  # fmt: skip
    RETENTION.add(
        Retention(
            "grid.heads",
            _("Names of former heads"),
            ("grid_headship", "grid_headvault"),
            _("the telephone until the term ends; the name, and who it was, a year more"),
            "PIPL art. 19; ours (check)",
            Blanked(
                "grid_headship",
                GONE,
                ago(timedelta(days=365)),
                blank="public_name = '', handed_over = '', account_id = NULL, person_id = NULL",
            ),
        )
    )
    RETENTION.add(
        Retention(
            "grid.queued", _("What phones sent that had no network"), ("grid_queued",),
            _("90 days after it was done or decided; what waits for a person, until it is decided"),
            "PIPL art. 19; ours (check)",
            Rows("grid_queued", SETTLED, ago(timedelta(days=90))),
        )
    )  # fmt: skip
    RETENTION.add(
        Retention(
            "grid.queues", _("Queues of phones"), ("grid_phonequeue",),
            _("a year after the phone last sent something"), "PIPL art. 19; ours (check)",
            Rows("grid_phonequeue", UNUSED, ago(timedelta(days=365))),
        )
    )  # fmt: skip
    RETENTION.add(
        Retention(
            "grid.contacts", _("Contact persons of households"),
            ("grid_cellcontact", "grid_contactvault"),
            _("name and telephone until the day on which the person is relieved; the emptied entry a year more"),
            "PIPL art. 15, 19, 47; ours (check)",
            Rows("grid_cellcontact", OVER, ago(timedelta(days=365))),
        )
    )  # fmt: skip
