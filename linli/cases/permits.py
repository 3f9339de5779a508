"""What may be done with cases. Kinds name these, or permits of their own."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import STAFF, Permit

SEE = Permit("cases.see", _("See the cases of a place"), level=STAFF)
HANDLE = Permit("cases.handle", _("Accept, work on and answer cases"))
DISPATCH = Permit("cases.dispatch", _("Hand cases to posts and take them back"))
SUPERVISE = Permit("cases.supervise", _("Supervise cases, extend their time, decide on reopening"))
