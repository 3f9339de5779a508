"""How long messages are kept, and how they go."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import KEPT_FOR_GOOD, RETENTION, Kept, Retention
from linli.kernel.retention import Blanked, InTurn, Rows, ago

OURS = "ours (check)"
YEAR = timedelta(days=365)
POINTS_TO_OLD = "message_id IN (SELECT id FROM notify_message WHERE created_at < %(before)s)"
# money of months stays for the accounts; what one person got on a day does not
OF_ONE_DAY = """subject LIKE 'person %%' AND period LIKE 'day %%'
    AND period < 'day ' || to_char(%(before)s::timestamptz, 'YYYY-MM-DD')"""

ENTRIES = (
    Retention(
        "notify.deliveries", _("Text messages and e-mails that went out"), ("notify_delivery",),
        _("half a year"), OURS,
        Rows("notify_delivery", "created_at < %(before)s", ago(timedelta(days=180))),
    ),
    Retention(
        "notify.messages", _("Messages"), ("notify_message",), _("a year"), OURS,
        InTurn((
            # deliveries are gone by then; if their own entry failed, messages need not wait for it
            Blanked("notify_delivery", POINTS_TO_OLD, ago(YEAR), blank="message_id = NULL"),
            Rows("notify_message", "created_at < %(before)s", ago(YEAR)),
        )),
    ),
    Retention(
        "notify.simulated", _("Text messages of the simulator"), ("notify_simulatedsms",),
        _("a week"), OURS,
        Rows("notify_simulatedsms", "at < %(before)s", ago(timedelta(days=7))),
    ),
    Retention(
        "notify.counters", _("How many messages one person got on a day"), ("notify_counter",),
        _("a month; sums of money by month stay"), OURS,
        Rows("notify_counter", OF_ONE_DAY, ago(timedelta(days=31))),
    ),
    Retention(
        "notify.consents", _("Consent to messages that was taken back"), ("notify_messageconsent",),
        _("three years after it was taken back; until then it proves what was agreed"),
        "PIPL art. 14, 15; ours (check)",
        Rows("notify_messageconsent", "withdrawn_at < %(before)s", ago(3 * YEAR)),
    ),
    Retention(
        "notify.addresses", _("E-mail addresses that nobody confirmed"), ("notify_emailaddress",),
        _("a week; a confirmed one as long as its owner wants it"), OURS,
        Rows(
            "notify_emailaddress", "confirmed_at IS NULL AND asked_at < %(before)s",
            ago(timedelta(days=7)),
        ),
    ),
)  # fmt: skip
KEPT = (
    Kept(
        "notify_channelchoice",
        _("what somebody chose holds until they choose anew, and goes with them"),
    ),
)


def register() -> None:
    """Tell the nightly job. Called at start."""
    RETENTION.add_all(ENTRIES)
    KEPT_FOR_GOOD.add_all(KEPT)
