"""What may be done with what centres offer."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import PERSONAL, VAULT, Permit

SEE = Permit("offerings.applications", _("See applications of residents"), level=PERSONAL)
RECEIVE = Permit(
    "offerings.receive",
    _("Receive applications at the window: check, accept, hand over the result"),
    level=PERSONAL,
)
DECIDE = Permit("offerings.decide", _("Decide on applications"), level=PERSONAL)
WRITE_ITEMS = Permit(
    "offerings.write_items", _("Write items of service and bring in lists of them")
)
PUBLISH_ITEMS = Permit(
    "offerings.publish_items", _("Publish, suspend and end items of service that others wrote")
)
# visits
WINDOWS = Permit("offerings.windows", _("Keep windows, their hours and closing days"))
SERVE = Permit("offerings.serve", _("Serve at a window: visits, tickets and calls"), level=PERSONAL)
REACH = Permit("offerings.reach", _("See how somebody who booked a visit is reached"), level=VAULT)
# reports
ASK_REPORTS = Permit("offerings.ask_reports", _("Ask the villages of a place by spreadsheet"))
FILL_REPORTS = Permit("offerings.fill_reports", _("Look reports through and sign them off for a village"))  # fmt: skip
CALL_BACK = Permit("offerings.call_back", _("Call back whoever was not satisfied with a visit"))
# centres
CENTRES = Permit(
    "offerings.centres", _("Keep what a centre is: platforms, equipment, costs, its own check")
)
OVERSEE_CENTRES = Permit(
    "offerings.oversee_centres", _("Oversee centres: costs, checks, what is to be mended")
)
VISIT_CENTRES = Permit(
    "offerings.visit_centres", _("Visit centres as a third party and write down what was found")
)
