"""What may be done with the trail."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import STAFF, Permit

READ = Permit("trail.read", _("Read the record of acts and readings"), level=STAFF)
