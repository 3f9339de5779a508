"""What may be done with the rulebook."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Permit

SET_VALUE = Permit(
    "rulebook.set_value", _("Add and withdraw city, town and body values of the rulebook")
)
LOAD_CALENDAR = Permit("rulebook.load_calendar", _("Load the working-day calendar of a year"))
