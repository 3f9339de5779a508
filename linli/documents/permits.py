"""What may be done with papers and seals."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Permit

READ = Permit("documents.read", _("See the register of printed papers"))
ISSUE = Permit("documents.issue", _("Issue and print numbered papers"))
WITHDRAW = Permit("documents.withdraw", _("Withdraw issued papers"))
APPLY_SEAL = Permit("documents.apply_seal", _("Apply for the use of a seal"))
APPROVE_SEAL = Permit("documents.approve_seal", _("Approve the use of a seal"))
KEEP_SEAL = Permit("documents.keep_seal", _("Stamp papers and keep the register of seal uses"))
