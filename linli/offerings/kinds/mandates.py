"""The paper, the file and the names that mandates bring."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.documents.types import TEMPLATES, DocumentTemplate, Field
from linli.kernel.permits import PERSONAL
from linli.kernel.registries import FILE_VISIBILITY, THINGS, VERBS, FileVisibility, Verb
from linli.notify.types import TEMPLATES as MESSAGES
from linli.notify.types import told
from linli.offerings import permits
from linli.offerings.queries.mandates import may_see_scan
from linli.offerings.services.mandates import USED
from linli.offerings.types.mandates import OWNER

PAPER = DocumentTemplate(
    "offerings.mandate",
    _("Mandate for an agent"),
    "offerings/print/mandate.typ",
    {name: Field.TEXT for name in ("principal", "principal_id", "agent", "agent_id", "agent_phone", "matter", "until")},
    series="SQ",
    words={
        "principal": _("Who gives it"), "principal_id": _("Identity card of who gives it"),
        "agent": _("Agent"), "agent_id": _("Identity card of the agent"),
        "agent_phone": _("Telephone of the agent"), "until": _("Holds until"), "matter": _("Matter"),
        "says": _("I let the agent named above apply, hand papers in and collect the result for me in this matter."),
        "effect": _("It holds from the day on which the signed paper is shown at the window. Either of us ends it at any time by a word to the window; then the agent is refused at once."),
        "principal_signs": _("Signature of who gives it"), "agent_signs": _("Signature of the agent"),
        "date": _("Date"),
    },
    optional=frozenset({"principal_id", "agent_phone"}),
    permit=permits.RECEIVE,
    level=PERSONAL,
    keep_years=4,
)  # fmt: skip
APPLIED_FOR_YOU = told(
    USED, _("Somebody applied in your name"), "notify.own_matters",
    _(
        "%(agent)s applied for %(item)s in your name, by the mandate that you gave: %(number)s. If you did "
        "not want that, call the office of your village; the mandate ends with a word of yours."
    ),
    short=_("%(agent)s applied in your name, by your mandate: %(number)s. Not what you wanted? Call the office."),
)  # fmt: skip
ACTS = {
    "offerings.mandate_prepared": _("Mandate for an agent printed"),
    "offerings.mandate_signed": _("Signed mandate scanned back"),
    "offerings.mandate_ended": _("Mandate for an agent ended"),
}


def register() -> None:
    """Called once at start."""
    TEMPLATES.add(PAPER)
    MESSAGES.add(APPLIED_FOR_YOU)
    FILE_VISIBILITY.add(FileVisibility(OWNER, may_see_scan))
    VERBS.add_all(Verb(key, title) for key, title in ACTS.items())
    THINGS.add(Verb(OWNER, _("Mandate for an agent")))
    THINGS.add(Verb("offerings.agentmandate", _("Mandate for an agent")))
