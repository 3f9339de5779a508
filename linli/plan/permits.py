"""What may be done with a plan and with what towns report on it."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import PROTECTED, STAFF, Permit

VIEW = Permit("plan.view", _("See what towns report on the plan"), level=STAFF)
IMPORT = Permit("plan.import", _("Import the text of a plan"))
CORRECT = Permit("plan.correct", _("Correct what was read from a plan"))
MANAGE = Permit("plan.manage", _("Bind targets to indicators and ask towns for plans and reports"))
FILE = Permit("plan.file", _("File the town's plan, its reports and answers"))
CHECK = Permit("plan.check", _("Check town plans and reports"))
PILOT = Permit("plan.pilot", _("Start and end pilots"))
PRACTICE = Permit("plan.practice", _("Write cards of good practice"))
SUPERVISE = Permit("plan.supervise", _("Record special supervision visits"))
FUND = Permit("plan.fund", _("Keep funding lines"))
PARTY = Permit("plan.party", _("See values of the Party tasks of the plan"), level=PROTECTED)
