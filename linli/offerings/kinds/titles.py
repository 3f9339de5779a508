"""What acts and things of offerings are called, for whoever reads the trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import SYSTEM_WORK, THINGS, VERBS, Verb

ACTS = {
    "offerings.visit_rated": _("Visit rated"),
    "offerings.tablet_enrolled": _("Tablet for ratings put into use"),
    "offerings.tablet_ended": _("Tablet for ratings taken out of use"),
    "offerings.rating_called": _("Called back after a rating"),
    "offerings.rating_made_case": _("Bad rating made a case"),
    "offerings.review_asked": _("Review of a rating asked for"),
    "offerings.rating_reviewed": _("Rating reviewed"),
    "offerings.round_opened": _("Draw announced"),
    "offerings.round_entered": _("Draw entered"),
    "offerings.entry_withdrawn": _("Entry of a draw taken back"),
    "offerings.entry_claimed": _("Entry of a draw taken over by its number"),
    "offerings.round_closed": _("Draw closed"),
    "offerings.round_drawn": _("Draw made"),
    "offerings.time_offered": _("Date that fell free offered to the next in line"),
    "offerings.time_taken": _("Offered date taken"),
    "offerings.time_passed": _("Offered date went to the next in line"),
    "offerings.round_called_off": _("Draw called off"),
    "offerings.ticket_drawn": _("Ticket drawn"),
    "offerings.ticket_texted": _("Ticket told by message"),
    "offerings.ticket_called": _("Ticket called"),
    "offerings.ticket_moved": _("Ticket moved on"),
    "offerings.fee_paid": _("Fee paid"),
    "offerings.fee_returned": _("Fee given back"),
    "offerings.fee_waived": _("Fee let off"),
    "offerings.fee_waiver_taken_back": _("Fee owed after all"),
    "offerings.report_received": _("Report taken in"),
    "offerings.report_bound": _("Columns of a report bound"),
    "offerings.report_asked": _("Approval of a report asked"),
    "offerings.report_refused": _("Report not approved"),
    "offerings.report_recalled": _("Report fetched back before it was approved"),
    "offerings.report_handed_back": _("Report of a village given back by the office"),
    "offerings.report_sent": _("Report sent to the villages"),
    "offerings.report_withdrawn": _("Report taken back"),
    "offerings.report_ended": _("Report ended"),
    "offerings.report_said": _("Cells of a report filled in"),
    "offerings.report_described": _("Title, approval, basis or last day of a report changed"),
    "offerings.report_row_said": _("Row of a list in a report corrected, added or struck out"),
    "offerings.report_filled": _("Report filled again from the registers"),
    "offerings.report_signed": _("Report signed off"),
    "offerings.report_unsigned": _("Signature of a report taken back"),
    "offerings.applicant_forgotten": _("Particulars of an applicant deleted"),
    "offerings.helper_forgotten": _("Particulars of whoever helped an applicant deleted"),
}
KINDS = {
    "offerings.ratingtablet": _("Tablet for ratings"),
    "offerings.visitrating": _("Rating of a visit"),
    "offerings.drawround": _("Draw for dates"),
    "offerings.drawentry": _("Entry of a draw"),
    "offerings.ticket": _("Ticket of the queue"),
    "offerings.payment": _("Payment of a fee"),
    "offerings.refund": _("Fee given back"),
    "offerings.reportingtask": _("Report by spreadsheet"),
    "offerings.reportingsheet": _("Report of a village"),
    "offerings.application": _("Application for a service"),
}
WORK = {
    "offerings.rating_cases": _("handing down what a bad rating is about"),
    "offerings.tell": _("telling applicants that their application came in"),
    "offerings.give_part": _("giving departments their part of an application"),
    "offerings.mandates": _("looking up whether a mandate still holds"),
    "offerings.papers": _("telling applicants that a paper was sealed"),
    "offerings.reports": _("ending reports whose last day is over"),
    "offerings.reporting": _("filling reports from the registers"),
    "offerings.forget": _("deleting particulars of applicants"),
}


def register() -> None:
    """Called once at start."""
    for registry, titles in ((VERBS, ACTS), (THINGS, KINDS), (SYSTEM_WORK, WORK)):
        registry.add_all(Verb(key, title) for key, title in titles.items())
