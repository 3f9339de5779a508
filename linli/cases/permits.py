"""What may be done with cases. Kinds name these, or permits of their own."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import PERSONAL, STAFF, VAULT, Permit

SEE = Permit("cases.see", _("See the cases of a place"), level=STAFF)
HANDLE = Permit("cases.handle", _("Accept, work on and answer cases"))
DISPATCH = Permit("cases.dispatch", _("Hand cases to posts and take them back"))
SUPERVISE = Permit("cases.supervise", _("Supervise cases, extend their time, decide on reopening"))
PETITIONS = Permit("cases.petitions", _("See petitions"), level=PERSONAL)
PETITION_WORK = Permit(
    "cases.petition_work",
    _("Register petitions, pass them on, accept and answer them"),
    level=PERSONAL,
)
VISITS = Permit(
    "cases.visits", _("Register who comes with a petition and pass it on"), level=PERSONAL
)
DIRECT = Permit("cases.direct", _("Hand down tasks with a day and strike them off"))
PAPERS = Permit("cases.papers", _("Register papers that come in, hand them out and file them"))
KEEP_RULES = Permit(
    "cases.keep_rules", _("Keep categories, the list of responsibilities and rules of routing")
)
INTAKE = Permit("cases.intake", _("Take down reports at the counter and by telephone"))
CONTACT = Permit("cases.contact", _("See how a reporter is reached, with a reason"), level=VAULT)
SPOTS = Permit("cases.spots", _("Print codes for lamp posts, lifts and other spots"))
RELEASE = Permit("cases.release", _("Review residents' words and photos before they are released"))
REVIEW_RATINGS = Permit(
    "cases.review_ratings",
    _("Leave mistaken ratings of places below out of the figures"),
    level=STAFF,
)
CALL_BACK = Permit(
    "cases.call_back", _("Call residents back and hear whether it is solved"), level=STAFF
)
