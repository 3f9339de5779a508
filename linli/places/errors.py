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


class BeforeItBegan(Invalid):
    code = "before_it_began"
    message = _("%(name)s has existed only since %(day)s. Give a later day.")


class OutOfOrder(Invalid):
    """Changes are recorded in the order in which they took effect."""

    code = "out_of_order"
    message = _("A change of %(name)s from %(day)s on is recorded already. Give no earlier day.")


class HangsThere(WrongState):
    code = "hangs_there"
    message = _("%(name)s hangs there already.")


class MixesInvented(WrongState):
    code = "mixes_invented"
    message = _("Invented places of the demo and real places stay apart.")


class LeavesParts(Invalid):
    """What hangs below a place that splits goes to one of the parts; nobody guesses to which."""

    code = "leaves_parts"
    message = _("Say to which part each place below goes. Not said: %(names)s.")


class NoCode(Invalid):
    code = "no_code"
    message = _("A code has at most 24 letters and digits.")


class NameTaken(Invalid):
    code = "name_taken"
    message = _("Something here is called so already. Give it another name.")


class HasParts(WrongState):
    """A place ends only when nothing is left on it: what is there goes somewhere else first."""

    code = "has_parts"
    message = _("%(name)s still has: %(what)s. Move or end these first.")


class LayerClosed(WrongState):
    code = "layer_closed"
    message = _("The layer %(name)s was closed on %(day)s. Draw in another one.")


class LayerNeeded(WrongState):
    """Figures of the register and the work in the grid count by it."""

    code = "layer_needed"
    message = _("%(name)s cannot be closed: figures and the grid count by it. Rename it instead.")


class Replaced(WrongState):
    """Outlines are taken back only while they are those of today."""

    code = "outlines_replaced"
    message = _("These were replaced since, or their places ended: %(names)s. Load others instead.")


# what can be wrong with a group or building, typed in a form or read from a list
PART_FAULTS = {
    "missing": _("nothing stands here"),
    "unknown": _("neither group nor building"),
    "no_number": _("not a whole number from 1 to 9999"),
    "no_date": _("not a date"),
    "too_long": _("too long"),
    "below_group": _("a group stands directly below its village"),
    "no_group": _("the village has no such group"),
    "taken": _("this number is in use, or stands twice in the list"),
    "name_taken": _("something here is called so already"),
    "later": _("this day has not come yet"),
    "too_early": _("the place above has existed only since a later day"),
}
