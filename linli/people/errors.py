"""Refusals that only people have."""

from __future__ import annotations

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import NotAllowed, Refusal, WrongState


class OnlyHerself(NotAllowed):
    """Somebody acts for another: what the register knows is told to each person herself alone.

    A mandate names a paper and a last day, not which data may be told, so it opens none of them:
    that takes a consent of its own (PIPL 14, 29), or a request about personal data on her behalf.
    """

    code = "only_herself"
    message = _(
        "You are acting for somebody. What the register knows of a person is shown only to that person. Stop acting to see your own data; for theirs, file a request about personal data."
    )


class PhoneAtOffice(WrongState):
    """By her number a person signs in and is told things: she alone cannot prove that it is hers."""

    code = "phone_at_office"
    message = _(
        "The office changes your telephone number, after looking whether it is yours. Ask for a "
        "correction on the page about your data, or come by."
    )


class FileUnreadable(Refusal):
    """A list cannot be read as a table. `fault` is a stable word for programs."""

    code = "file_unreadable"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = _("This file cannot be read as a table: %(why)s")

    REASONS = {
        "empty": _("it is empty."),
        "not_text": _("it is neither csv nor xlsx nor parquet, whatever its name says."),
        "locked": _("it is protected by a password. Save it without one."),
        "too_large": _("unpacked it would be far larger than a list of people ever is."),
        "broken": _("it is damaged near line %(line)s. Open it, save it again, and check there."),
        "no_rows": _("it has headings and not a single row."),
        "one_column": _("it has a single column. Save it with commas, tabs or semicolons."),
    }

    def __init__(self, fault: str, **details: object) -> None:
        self.fault = fault
        why = self.REASONS[fault] % details if details else self.REASONS[fault]
        super().__init__(why=why, **details)


class ColumnsMissing(WrongState):
    code = "columns_missing"
    message = _("Say which columns hold name and document number before the list is checked.")


class NumberTaken(WrongState):
    """A document number that somebody in the actor's own area bears already."""

    code = "number_taken"
    message = _("This document number is already in your register, for %(name)s.")


class ReasonMissing(WrongState):
    code = "reason_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = _("Say why you need to see this. The person can read the reason.")


class HeadTaken(WrongState):
    code = "head_taken"
    message = _("This household has a head already. Change that entry first.")


class NotOnePerson(WrongState):
    """`fault` is a stable word for programs."""

    code = "not_one_person"
    message = _("These two entries cannot be joined: %(why)s")

    REASONS = {
        "same_entry": _("they are one entry."),
        "joined_already": _("one of them is joined to another entry. Part those first."),
        "two_cards": _("each has an identity card of its own, with a different number."),
    }

    def __init__(self, fault: str, **details: object) -> None:
        self.fault = fault
        super().__init__(why=self.REASONS[fault], **details)


class RollClosed(WrongState):
    code = "roll_closed"
    message = _("This roll is closed. Open a new one to go on.")


class RollNameTaken(WrongState):
    code = "roll_name_taken"
    message = _("There is an open roll of this kind called “%(name)s”.")


class OnRollAlready(WrongState):
    code = "on_roll_already"
    message = _("%(name)s is on this roll already.")


class LivesThereAlready(WrongState):
    code = "lives_there_already"
    message = _("%(name)s is entered as living here already.")


class InHouseholdAlready(WrongState):
    code = "in_household_already"
    message = _("%(name)s is in this household already.")


class HouseholdNumberTaken(WrongState):
    code = "household_number_taken"
    message = _("There is an open household with the number %(number)s here.")


class AddressTaken(WrongState):
    code = "address_taken"
    message = _("There is a dwelling with this address already: %(address)s")


class FileGone(WrongState):
    code = "file_gone"
    message = _("The list is no longer kept here. Hand it in again.")


class RunTakenOver(WrongState):
    code = "run_taken_over"
    message = _("Another worker goes on with %(file)s.")


class LivesHereStill(WrongState):
    code = "lives_here_still"
    message = _("%(name)s lives here still. Enter the moving out first.")


class EnteredAsDead(WrongState):
    code = "entered_as_dead"
    message = _("%(name)s is entered as having died. Take the death back first, if it is wrong.")
