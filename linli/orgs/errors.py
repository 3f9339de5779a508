"""Refusals that only orgs has."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import NotAllowed, WrongState


class PostTaken(WrongState):
    code = "post_taken"
    message = _(
        "“%(title)s” is held by %(holder)s. Print the hand-over sheet of that holding first."
    )


class SeatsFull(WrongState):
    code = "seats_full"
    message = _(
        "All %(seats)s seats of “%(title)s” are taken. End a holding or raise the number of seats."
    )


class HoldingOver(WrongState):
    code = "holding_over"
    message = _("%(holder)s left “%(title)s” already.")


class HandoverOpen(WrongState):
    code = "handover_open"
    message = _(
        "Hand-over sheet %(number)s is waiting for its signatures. Sign or withdraw it first."
    )


class OrganisationClosed(WrongState):
    code = "organisation_closed"
    message = _("%(name)s was closed. Record its successor instead.")


class PostOpen(WrongState):
    code = "post_open"
    message = _("“%(title)s” is open.")


class PostStaysClosed(WrongState):
    code = "post_stays_closed"
    message = _(
        "%(name)s was closed, so “%(title)s” stays closed too. Make the post in the body that follows."
    )


class NameTaken(WrongState):
    code = "name_taken"
    message = _(
        "Another post of this body is called “%(title)s” by now. Go on with that one, or change its title first."
    )


class ClosedFromAbove(NotAllowed):
    code = "closed_from_above"
    message = _(
        "What leads or checks others is neither closed, opened again nor made another kind beside it. Ask the office of the level above, "
        "which records who holds its posts."
    )


class FoundedByLaw(ClosedFromAbove):
    message = _(
        "Committees of villagers or residents, and those that supervise them, stand by law. They are closed by the office "
        "of the level above, which records who holds their posts, or once their village has ended. Of two that a merger "
        "brought together one is closed by naming the other as its successor."
    )


class PostsStillHeld(WrongState):
    code = "posts_still_held"
    message = _(
        "%(count)s posts of %(name)s are still held: %(posts)s. Record first that they are left."
    )


class PostStillHeld(PostsStillHeld):
    message = _("%(holder)s still holds “%(title)s”. Record first that the post is left.")


class Circle(WrongState):
    code = "circle"
    message = _("%(child)s already stands above %(parent)s. Choose another body above.")


class LineOver(WrongState):
    code = "line_over"
    message = _("The end of this line is on record already: %(day)s.")


class Overlap(WrongState):
    code = "overlap"
    message = _("This period overlaps another one that is on record. Correct one of the two dates.")


class ListUnreadable(WrongState):
    code = "list_unreadable"
    message = _("This file cannot be read as a table. Save it as xlsx or csv and try again.")


class ColumnsMissing(WrongState):
    code = "columns_missing"
    message = _("The first row must name the columns. These are missing: %(columns)s.")


class NotThereYet(WrongState):
    code = "not_there_yet"
    message = _("The register still asks for this. Enter what was set up first, then note it here.")


class MeetingOver(WrongState):
    code = "meeting_over"
    message = _("This joint meeting has ended. Its lists stay as they are; found a new one.")
