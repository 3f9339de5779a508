"""Words for the steps that every kind has."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.cases.types.steps import STEPS, StepWords

OWN = (
    StepWords("open", _("Came in"), "inbox"),
    StepWords("offer", _("Offered to another post"), "send"),
    StepWords("take", _("The post took it on"), "check"),
    StepWords("decline", _("The post handed it back"), "arrow-back-up"),
    StepWords("dispute", _("The post says that it is not competent"), "scale"),
    StepWords("settle", _("It was decided who is competent"), "scale"),
    StepWords("revoke", _("The offer was taken back"), "arrow-back-up"),
    StepWords("finish_part", _("A part was done"), "check"),
    StepWords("note", _("Note among staff"), "notes"),
    StepWords("tell", _("Told to the reporter"), "message-2"),
    StepWords("add_words", _("The reporter added something"), "message-2"),
    StepWords("set_last", _("The office that sent it set the last day"), "clock"),
    StepWords(
        "set_contact", _("The office that sent it corrected how the reporter is reached"), "phone"
    ),
    StepWords(
        "ask_return", _("Asked to give it back: another office is in charge"), "arrow-back-up"
    ),
    StepWords("return_accepted", _("The office that sent it took it back"), "arrow-back-up"),
    StepWords(
        "return_refused", _("It stays here: the office that sent it said so"), "arrow-back-up"
    ),
    StepWords("extend", _("More time was given"), "clock"),
    StepWords("ask_time", _("More time is asked for"), "clock"),
    StepWords("say_why", _("The reporter was told why it is late"), "message-2"),
    StepWords("split", _("Split into parts"), "arrows-split"),
    StepWords("relate", _("Tied to another case"), "link"),
    StepWords("ring", _("A clock ran down"), "clock", "late"),
    StepWords("release", _("Words released"), "eye"),
    StepWords("withhold", _("Words kept from the public"), "eye-off"),
    StepWords("release_photo", _("Photo released"), "eye"),
    StepWords("withhold_photo", _("Photo kept from the public"), "eye-off"),
    StepWords("confirm", _("The reporter says that it is solved"), "circle-check", "done"),
    StepWords(
        "step_out", _("The first reporter took it back; it goes on for the others"), "arrow-right"
    ),
    StepWords("rate", _("Rated by the reporter"), "star"),
    StepWords("review_rating", _("A rating was reviewed"), "star"),
    StepWords("called_back", _("Called back"), "phone"),
)


def register() -> None:
    """Add them all. Called at start."""
    STEPS.add_all(OWN)
