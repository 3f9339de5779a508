"""What may be done with notices."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Permit

WRITE = Permit("notices.write", _("Write, correct and print notices"))
PUBLISH = Permit("notices.publish", _("Publish and withdraw notices"))
