"""What may be done with places."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Actor, Permit

CHANGE = Permit("places.change", _("Merge, split, rename and move places"))
TEND = Permit("places.tend", _("Keep the groups and buildings of a village"))
DECIDE = Permit("places.decide", _("Decide what a community counts as and its category"))
DRAW = Permit("places.draw", _("Draw and import outlines and cells"))


def may_change(actor: Actor, level: str, *, at: str) -> bool:
    """Say whether somebody may change a place: groups and buildings are kept by their village too."""
    is_small = level in ("group", "building")
    return actor.may(CHANGE, at=at) or (is_small and actor.may(TEND, at=at))


def to_change(actor: Actor, level: str, *, at: str) -> Permit:
    """Return the permit that a service asks for before it changes a place of this level."""
    return TEND if may_change(actor, level, at=at) and not actor.may(CHANGE, at=at) else CHANGE
