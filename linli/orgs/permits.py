"""What may be done with organisations, posts and their holders."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import PERSONAL, PROTECTED, STAFF, Actor, Permit, require

EDIT = Permit("orgs.edit", _("Keep the register of organisations, posts, centres and pairings"))
REORGANISE = Permit("orgs.reorganise", _("Record reorganisations of departments"))
# rights hang on the kind, so this is for who gives rights and not for who keeps the register
KINDS = Permit("orgs.kinds", _("Change the kind of a post, and with it its rights"), level=STAFF)
APPOINT = Permit("orgs.appoint", _("Record who takes and who leaves a post"))
STAFF_LIST = Permit("orgs.staff", _("See staff, certificates and training"), level=STAFF)
STAFF_KEEP = Permit("orgs.staff_keep", _("Keep certificates and training hours"), level=STAFF)
IMPORT = Permit("orgs.import", _("Import posts and staff from a file"), level=PERSONAL)
PARTY = Permit("orgs.party", _("See Party organisations and their numbers"), level=PROTECTED)
PARTY_KEEP = Permit(
    "orgs.party_keep", _("Keep Party organisations, counts and joint meetings"), level=PROTECTED
)
PARTY_DECIDE = Permit(
    "orgs.party_decide", _("Decide on set-up proposals of Party organisations"), level=PROTECTED
)


def keeper_of(level: int) -> Permit:
    """Return who keeps an organisation: Party organisations are kept by the Party's own posts."""
    return PARTY_KEEP if level >= PROTECTED else EDIT


def appointer_of(level: int) -> Permit:
    """Return who records holders of its posts."""
    return PARTY_KEEP if level >= PROTECTED else APPOINT


def kinds_of(level: int) -> Permit:
    """Return who decides on kinds of posts: of Party organisations whoever decides there, not who keeps them."""
    return PARTY_DECIDE if level >= PROTECTED else KINDS


def shaper_of(level: int, *, gives: bool) -> Permit:
    """Return who decides on a change of a post, by whether it gives or takes rights."""
    return kinds_of(level) if gives else keeper_of(level)


def require_shaper(actor: Actor, level: int, *, at: str) -> None:
    """Let in who keeps posts and who decides on their kinds. Refuses with NotAllowed."""
    if not actor.may(kinds_of(level), at=at):
        require(actor, keeper_of(level), at=at)
