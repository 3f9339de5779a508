"""What may be done with the register of people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import PERSONAL, VAULT, Permit

VIEW = Permit("people.view", _("See the register of people, numbers masked"), PERSONAL)
EDIT = Permit("people.edit", _("Add people, correct and end entries of the register"), PERSONAL)
REVEAL = Permit("people.reveal", _("See a masked number or address in full, with a reason"), VAULT)
LOOK_UP = Permit("people.look_up", _("Ask whether a document number is known"), PERSONAL)
IMPORT = Permit("people.import", _("Import lists of people"), PERSONAL)
EXPORT = Permit("people.export", _("Export lists of people"), PERSONAL)
MERGE = Permit("people.merge", _("Join two entries of one person, and part them again"), PERSONAL)
VIEW_ROLLS = Permit("rolls.view", _("See rolls of voters, members, shareholders, owners"), PERSONAL)
EDIT_ROLLS = Permit(
    "rolls.edit", _("Keep rolls of voters, members, shareholders, owners"), PERSONAL
)
ERASE = Permit("people.erase", _("Erase somebody who has left, by request or order"), VAULT)
