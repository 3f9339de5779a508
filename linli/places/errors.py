"""Refusals that only places have."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Invalid, WrongState


class UnderItself(WrongState):
    code = "under_itself"
    message = _("%(name)s cannot hang below itself. Choose a place outside it.")


class WrongLevel(WrongState):
    code = "wrong_level"
    message = _("%(name)s cannot hang there: a village hangs below a town, a town below the city.")


class NotOneLevel(WrongState):
    code = "not_one_level"
    message = _("Places that merge or split must be of one level and below one parent.")


class Ended(WrongState):
    code = "place_ended"
    message = _("%(name)s ended on %(day)s. Choose what followed it.")


class CodeTaken(Invalid):
    code = "code_taken"
    message = _("This code is in use. Every place has a code of its own.")


class TooEarly(Invalid):
    """Today's tree shows what holds today: a later change is entered on its day."""

    code = "too_early"
    message = _("This change takes effect on %(day)s. Enter it on that day or later.")


class HasParts(WrongState):
    code = "has_parts"
    message = _("Places hang below %(name)s. Move them first, then merge or split it.")
