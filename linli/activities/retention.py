"""How long activities keep what they know, and how it goes."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linli.activities.engine.wishing import count_words_over
from linli.activities.queries import outcomes
from linli.activities.queries.bookings import bookings_over
from linli.activities.queries.events import enrolments_over
from linli.activities.services import bookers, culture, takers, thoughts
from linli.kernel.permits import system_actor
from linli.kernel.registries import KEPT_FOR_GOOD, RETENTION, Kept, Retention
from linli.kernel.retention import Work

KEPT = (
    Kept("activities_venue", _("what can be booked; no persons")),
    Kept("activities_weekhours", _("opening hours; no persons")),
    Kept("activities_venuedays", _("days that differed, with their reason; no persons")),
    Kept("activities_event", _("what went on; no persons")),
    Kept("activities_eventsession", _("times of events; no persons")),
    Kept("activities_attendance", _("how many came; no names")),
    Kept("activities_group", _("groups by name; whom to ask for goes on the day a group ends")),
    Kept("activities_groupvault", _("whom to ask for in a group; goes on the day it ends")),
    Kept("activities_round", _("rounds of weekly times; anybody can make the draw again")),
    Kept("activities_roundtime", _("weekly times and which group got them; no persons")),
    Kept(
        "activities_roundwish",
        _("wishes of groups, without which the draw cannot be checked; no persons"),
    ),
    Kept("activities_roundobjection", _("objections of groups and their answers; no persons")),
    Kept("activities_culturewish", _("wishes by subject; no persons, words only as released")),
    Kept("activities_cultureoffer", _("programmes on offer; no persons")),
    Kept("activities_cultureanswer", _("what was done about wishes; no persons")),
    Kept("activities_localtalent", _("nothing but the day once a consent is taken back")),
    Kept("activities_localtalentvault", _("whom to ask for; goes with the consent")),
    Kept("activities_carework", _("what groups did for public space; no persons")),
    Kept("activities_eventwish", _("which talk a case comes from; no persons")),
    Kept(
        "activities_roundstrike", _("groups that were struck from a round, with the public reason")
    ),
    Kept("activities_feepayment", _("what was paid, with the number of its receipt; no persons")),
    Kept("activities_feerefund", _("what went back, and why; no persons")),
    Kept("activities_handover", _("how a venue was taken back; no persons")),
)


def _let_bookers_go(now: datetime, limit: int) -> int:
    return bookers.let_go(now, limit, actor=system_actor("activities.let_go"))


def _let_takers_go(now: datetime, limit: int) -> int:
    return takers.let_go(now, limit, actor=system_actor("activities.let_go"))


def _let_words_go(now: datetime, limit: int) -> int:
    return culture.let_wishes_go(now, limit, actor=system_actor("activities.let_go"))


def _let_thoughts_go(now: datetime, limit: int) -> int:
    return thoughts.let_words_go(now, limit, actor=system_actor("activities.let_go"))


def register() -> None:
    """Tell the nightly job. Called at start."""
    KEPT_FOR_GOOD.add_all(KEPT)
    RETENTION.add(
        Retention(
            "activities.bookers", _("Names and telephones of bookers"),
            ("activities_booking", "activities_bookingvault"),
            _("30 days after the time, the mark of the address a day after; the booking without them stays for the count of use"),
            "PIPL art. 19; ours (check)", Work(_let_bookers_go, bookings_over),
        )
    )  # fmt: skip
    RETENTION.add(
        Retention(
            "activities.takers", _("Names and telephones of who takes part"),
            ("activities_enrolment", "activities_enrolmentvault"),
            _("30 days after the last time, the mark of the address a day after; numbers and grades stay without names"),
            "PIPL art. 19, 31; ours (check)", Work(_let_takers_go, enrolments_over),
        )
    )  # fmt: skip
    RETENTION.add(
        Retention(
            "activities.wish_words", _("Words of wishes in culture"), ("activities_culturewishvault",),
            _("the words a year, sealed; the count stays"), "PIPL art. 19; ours (check)",
            Work(_let_words_go, count_words_over),
        )
    )  # fmt: skip
    RETENTION.add(
        Retention(
            "activities.thoughts", _("What was said of events in words"), ("activities_eventfeedback",),
            _("the words a year; grades and what was released stay, without names"), "PIPL art. 19; ours (check)",
            Work(_let_thoughts_go, outcomes.count_words_over),
        )
    )  # fmt: skip
