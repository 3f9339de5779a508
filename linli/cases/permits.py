"""What may be done with cases. Kinds name these, or permits of their own."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import PERSONAL, PUBLIC, STAFF, Permit

SEE = Permit("cases.see", _("See the cases of a place"), level=STAFF)
OPEN = Permit("cases.open", _("Take down cases for others at the counter and by telephone"))
HANDLE = Permit("cases.handle", _("Accept, work on and answer cases"))
DISPATCH = Permit("cases.dispatch", _("Hand cases to posts and take them back"))
SUPERVISE = Permit("cases.supervise", _("Supervise cases, extend their time, decide on reopening"))
RELEASE = Permit("cases.release", _("Release words and photos of residents, or withhold them"))
CONTACT = Permit("cases.contact", _("See how to reach the reporter of a case"), level=PERSONAL)
ROUTE = Permit("cases.route", _("Make the rules by which cases reach posts"), level=PUBLIC)
CALL_BACK = Permit("cases.call_back", _("Call reporters back and note what they say"))
