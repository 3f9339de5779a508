"""How long access keeps what it holds, and how it goes."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from linli.access import rules
from linli.access.types import BY_DEATH
from linli.kernel.registries import KEPT_FOR_GOOD, RETENTION, Kept, Retention
from linli.kernel.retention import Blanked, InTurn, Rows, ago
from linli.rulebook.queries import term_before

OURS = "ours (check)"
YEAR, LINKS_KEPT = timedelta(days=365), timedelta(days=90)
AT_ONCE, A_DAY = ago(timedelta(0)), ago(rules.ENDED_KEPT)
# a view that stands for a whole post is not its maker's alone
NOT_IN_USE = """post_id IS NULL AND account_id IN (
    SELECT id FROM access_account WHERE state = 'disabled' AND disabled_at < %(before)s)"""
NUMBERS_KEPT = timedelta(days=90)
OF_DEAD = (
    f"disabled_reason = '{BY_DEATH}' AND disabled_at < %(before)s AND phone_sealed IS NOT NULL"
)
ENDED = "coalesce(answered_at, received_at) < %(before)s AND state IN ('answered', 'refused', 'withdrawn')"

ENTRIES = (
    Retention(
        "access.sessions", _("Sessions that ended"), ("access_signin",), _("a day"), OURS,
        InTurn((
            Rows("access_signin", "expires_at < %(before)s", A_DAY),
            Rows("access_signin", "ended_at < %(before)s", A_DAY),
        )),
    ),
    Retention(
        "access.codes", _("Codes sent to a telephone"), ("access_signincode",), _("a day"), OURS,
        Rows("access_signincode", "ends_at < %(before)s", A_DAY),
    ),
    Retention(
        "access.forms", _("What was typed when a session ended"), ("access_keptform",),
        _("half an hour"), OURS, Rows("access_keptform", "ends_at <= %(before)s", AT_ONCE),
    ),
    Retention(
        "access.mornings", _("Who is signed in at a counter computer"),
        ("access_counterpresence",), _("a working day"), OURS,
        Rows("access_counterpresence", "ends_at <= %(before)s", AT_ONCE),
    ),
    Retention(
        "access.links", _("Links that open an account once"), ("access_onetimelink",),
        _("three months after they ended"), OURS,
        Rows("access_onetimelink", "ends_at < %(before)s", ago(LINKS_KEPT)),
    ),
    Retention(
        "access.resets", _("Requests for a new way in"), ("access_resetrequest",),
        _("a year after they ended; the trail keeps who approved"), OURS,
        Rows("access_resetrequest", "ends_at < %(before)s", ago(YEAR)),
    ),
    Retention(
        "access.requests", _("Requests about own data"), ("access_datarequest",),
        _("three years after the answer (a value of the rulebook)"), "PIPL art. 50; ours (check)",
        Rows("access_datarequest", ENDED, term_before("pi.request_keep")),
    ),
    Retention(
        "access.imports", _("Rows of staff lists that were refused"), ("access_staffimport",),
        _("a year, then only the numbers stay"), OURS,
        Blanked(
            "access_staffimport", "started_at < %(before)s AND rejected <> '[]'::jsonb", ago(YEAR),
            blank="rejected = '[]'::jsonb",
        ),
    ),
    Retention(
        "access.numbers_of_dead", _("Numbers of residents who died"), ("access_account",),
        _("three months after the death was entered, as it may be taken back; then whoever has the number begins anew"),
        OURS,
        Blanked(
            "access_account", OF_DEAD, ago(NUMBERS_KEPT),
            blank="phone_sealed = NULL, phone_index = NULL, phone_index_next = NULL, phone_masked = ''",
        ),
    ),
    Retention(
        "access.views", _("Saved views of people who left"), ("runtime_savedview",),
        _("three months after the account was closed; views of a post stay"), OURS,
        Rows("runtime_savedview", NOT_IN_USE, ago(timedelta(days=90))),
    ),
)  # fmt: skip
PROVES = _("the trail names it: who could do what must stay provable (GB/T 22239-2019 8.1.4.3)")
KEPT = (
    *(
        Kept(f"access_{table}", PROVES)
        for table in ("account", "deputy", "mandate", "givenright", "apitoken", "counterdevice")
    ),
    Kept("access_rightslist", _("a signed list is a paper of record")),
    Kept("access_totpsecret", _("as long as the account has an authenticator; goes with it")),
)


def register() -> None:
    """Tell the nightly job. Called at start."""
    RETENTION.add_all(ENTRIES)
    KEPT_FOR_GOOD.add_all(KEPT)
