"""What may be done with forms."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Permit

DESIGN = Permit("formkit.design", _("Design and publish forms"))
