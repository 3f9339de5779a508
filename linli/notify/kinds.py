"""The purposes and messages that notify itself brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.notify.services.sending import CODE
from linli.notify.types import Basis, Channel, MessageTemplate, Purpose, Text

SIGN_IN = Purpose("notify.sign_in", _("Signing in"), Basis.DUTY)
OWN_MATTERS = Purpose(
    "notify.own_matters", _("Your own matters: receipts, answers, dates"), Basis.DUTY
)
WORK = Purpose("notify.work", _("Work of the office"), Basis.DUTY)
EVENTS = Purpose(
    "notify.events",
    _("Activities and services nearby"),
    Basis.CONSENT,
    _(
        "Send me messages about activities, courses and services of my village or community. "
        "I can stop this at any time; nothing else depends on it."
    ),
)
ASKED = Purpose(
    "notify.asked",
    _("Questions and ratings"),
    Basis.CONSENT,
    _(
        "Ask me now and then whether a service was good. "
        "I can stop this at any time; nothing else depends on it."
    ),
)
PURPOSES = (SIGN_IN, OWN_MATTERS, WORK, EVENTS, ASKED)

SIGN_IN_CODE = MessageTemplate(
    CODE,
    _("Sign-in code"),
    SIGN_IN.key,
    {
        Channel.SMS: Text(
            _(
                "Code %(code)s, valid for 5 minutes. Nobody from the office will ever ask you for it."
            )
        )
    },
)
JOB_ENDED = MessageTemplate(
    "runtime.job_ended",
    _("A long job has ended"),
    WORK.key,
    {Channel.INBOX: Text(_("“%(title)s” has ended: %(state)s."), _("%(title)s: %(state)s"))},
)
SEAL_DECIDED = MessageTemplate(
    "documents.seal_decided",
    _("Your application for a seal was decided"),
    WORK.key,
    {
        Channel.INBOX: Text(
            _("Application %(number)s for a seal: %(state)s."), _("Seal %(number)s: %(state)s")
        )
    },
)
TEMPLATES = (SIGN_IN_CODE, JOB_ENDED, SEAL_DECIDED)
