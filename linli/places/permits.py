"""What may be done with places."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Permit

CHANGE = Permit("places.change", _("Merge, split, rename and move places"))
DECIDE = Permit("places.decide", _("Decide what a community counts as and its category"))
DRAW = Permit("places.draw", _("Draw and import outlines and cells"))
