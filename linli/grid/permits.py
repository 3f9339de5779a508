"""What may be done with the grid."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import PERSONAL, STAFF, Permit

SEE = Permit("grid.see", _("See the cells of a place and who looks after them"), level=STAFF)
KEEP = Permit("grid.keep", _("Say which posts look after which cells"))
WORK = Permit("grid.work", _("Report, verify, visit and check in the cells of a place"))
CHECK = Permit("grid.check", _("Check what was disposed of in the cells, and close it"))
STORM = Permit(
    "grid.storm",
    _("Keep shelters and the homes that are moved in a flood or typhoon"),
    level=PERSONAL,
)
DECLARE = Permit("grid.declare", _("Declare a flood, typhoon or drought, and say when it is over"))
HEADS = Permit(
    "grid.heads", _("Record who stands and is chosen as head of a building, block or lane")
)
CONTACTS = Permit("grid.contacts", _("Keep the contact persons of households"), level=PERSONAL)
