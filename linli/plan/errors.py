"""Refusals that only plan has."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Invalid, WrongState

UNREADABLE = {
    "empty": _("The file is empty."),
    "too_long": _("The file is longer than two million characters. Give the plan alone."),
    "picture": _("The file is a picture, whatever its name says. Save the plan as text."),
    "pdf": _("The file is a PDF. Save the plan as text."),
    "office_file": _("The file is an office document. Save it as text (.txt) first."),
    "unknown_encoding": _("The file is neither UTF-8 nor GB18030 text."),
    "binary": _("The file is no text."),
    "no_chinese": _("The file holds no Chinese text, so it is no plan."),
    "no_task": _("No task was found in this text. Check that it is a plan."),
}


class PlanUnreadable(Invalid):
    """The text of a plan cannot be read; `fields` says why."""

    code = "plan_unreadable"
    message = _("This file cannot be read as a plan.")

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__({"file": [str(UNREADABLE[reason])]}, reason=reason)


class ReturnedAlready(WrongState):
    """A town plan is returned once, with all that it lacks."""

    code = "returned_already"
    message = _("This plan was returned once already. Accept it, or call the town.")


class NothingLacking(WrongState):
    """A plan is returned for what it lacks, and something must be named."""

    code = "nothing_lacking"
    message = _("Say for at least one of the six contents what it lacks.")


class LackingContents(WrongState):
    """A plan is accepted when its six contents are there."""

    code = "lacking_contents"
    message = _("These contents are empty: %(contents)s. Return the plan with the reasons.")


class AlreadyCalled(WrongState):
    """The towns were asked for this already."""

    code = "already_called"
    message = _("The towns were asked for this already.")


class NotCalled(WrongState):
    """Nobody asked the town for this."""

    code = "not_called"
    message = _("Nobody has asked this town for it.")


class AlreadyFiled(WrongState):
    """A town files one plan, and one report on a task at a time."""

    code = "already_filed"
    message = _("This was filed already. Open it to see how it stands.")


class ProtectedItem(WrongState):
    """The Party tasks are reported to the Party's own posts, not here."""

    code = "protected_item"
    message = _("Values of this task are kept by the Party's own posts and not reported here.")
