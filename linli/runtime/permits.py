"""What may be done with jobs of others."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Permit

OVERSEE_JOBS = Permit("runtime.oversee_jobs", _("See and cancel long jobs that others started"))
