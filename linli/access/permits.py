"""What may be done with accounts, rights and personal-data requests."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import PERSONAL, RESIDENTS, STAFF, Permit

RESIDE = Permit("access.reside", _("See what is meant for the residents of a place"), RESIDENTS)
MANAGE = Permit("access.manage", _("Make, change and disable staff accounts"), STAFF)
ENROL = Permit("access.enrol", _("Enrol counter computers, set PINs, tie residents"), STAFF)
GRANT = Permit("access.grant", _("Give posts their rights and name deputies"), STAFF)
GRANT_SPECIAL = Permit("access.grant_special", _("Give rights on protected data, with an end"))
APPROVE_RESET = Permit("access.approve_reset", _("Approve the reset of a sign-in"), STAFF)
REVIEW = Permit("access.review", _("Review rights, emergency access and full sessions"), STAFF)
BREAK_GLASS = Permit("access.break_glass", _("Use emergency access, with a reason"), STAFF)
ACT_FOR = Permit("access.act_for", _("Act for a resident who asked for it"), PERSONAL)
OPERATE = Permit("access.operate", _("Open a full session to repair the installation"), STAFF)
TOKENS = Permit("access.tokens", _("Make keys for other systems"), STAFF)
IMPORT = Permit("access.import", _("Bring in staff and posts from a file"), STAFF)
ANSWER = Permit("access.answer", _("Answer requests about personal data"), PERSONAL)
