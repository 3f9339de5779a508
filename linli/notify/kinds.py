"""The purposes and messages that notify itself brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.notify.services.sending import CODE, EMAIL_CODE
from linli.notify.types import Basis, Channel, MessageTemplate, Purpose, Text, told

SIGN_IN = Purpose("notify.sign_in", _("Signing in"), Basis.DUTY, may_be_muted=False)
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
EMAIL_CONFIRM = MessageTemplate(
    EMAIL_CODE,
    _("Code for an e-mail address"),
    SIGN_IN.key,
    {
        Channel.EMAIL: Text(
            _(
                "Your code is %(code)s. Type it where you gave this address; it is good for half an hour.\n"
                "If you did not ask for it, do nothing: without the code no message comes here."
            ),
            _("Your code: %(code)s"),
        )
    },
)
JOB_ENDED = told(
    "runtime.job_ended",
    _("A long job has ended"),
    WORK.key,
    _("“%(title)s” has ended: %(state)s."),
    subject=_("%(title)s: %(state)s"),
)
SEAL_DECIDED = told(
    "documents.seal_decided",
    _("Your application for a seal was decided"),
    WORK.key,
    _("Application %(number)s for a seal: %(state)s."),
    subject=_("Seal %(number)s: %(state)s"),
)
CORRECTED = told(
    "people.corrected",
    _("Your entry in the register was corrected"),
    OWN_MATTERS.key,
    _(
        "The office corrected something in your entry. Look at it: if it is wrong, ask for a "
        "correction there."
    ),
    short=_("Your entry in the residents' register was corrected. Look at it under “Mine”."),
)
LEFT = told(
    "people.left",
    _("A moving out was entered for you"),
    OWN_MATTERS.key,
    _("In the register you moved out on %(day)s. If this is wrong, tell the office."),
)
HANDOVER = told(
    "orgs.handover_printed",
    _("A hand-over sheet waits for your signature"),
    WORK.key,
    _("Sheet %(number)s lists what you hand over. Your rights last until all three have signed."),
    subject=_("To sign: hand-over sheet %(number)s"),
)
HANDOVER_OFF = told(
    "orgs.handover_withdrawn",
    _("Your hand-over sheet was withdrawn"),
    WORK.key,
    _("Sheet %(number)s needs no signature any more: you stay in the post."),
)
HOLDING_ENDED = told(
    "orgs.holding_ended",
    _("A post of yours has ended"),
    WORK.key,
    _("You held the post “%(title)s” until %(day)s. Its rights have ended with it."),
)
TEMPLATES = (
    SIGN_IN_CODE, EMAIL_CONFIRM, JOB_ENDED, SEAL_DECIDED, CORRECTED, LEFT, HANDOVER, HANDOVER_OFF, HOLDING_ENDED,
)  # fmt: skip
