"""What activities declare for others: messages to bookers, and what their acts are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.activities.services.paying import LETTERS
from linli.exchange.types.payments import News
from linli.kernel.registries import SYSTEM_WORK, THINGS, VERBS, Verb
from linli.notify.types import TEMPLATES, told

OWN = "notify.own_matters"
VENUE_MESSAGES = (
    told(
        "activities.booked", _("Your booking is confirmed"), OWN,
        _("%(venue)s, %(when)s is yours. Code: %(code)s. With it you move or cancel the booking."),
        short=_("%(venue)s, %(when)s is yours. Code %(code)s: with it you move or cancel."),
    ),
    told(
        "activities.booking_asked", _("Your wish for a time came in"), OWN,
        _("%(venue)s, %(when)s: the office says yes or no. Code: %(code)s."),
        short=_("%(venue)s, %(when)s: the office says yes or no. Code %(code)s."),
    ),
    told(
        "activities.booking_refused", _("Your booking was refused"), OWN,
        _("%(venue)s, %(when)s: %(reason)s"), short=_("%(venue)s, %(when)s was refused: %(reason)s"),
    ),
    told(
        "activities.booking_cancelled", _("Your booking is cancelled"), OWN,
        _("%(venue)s, %(when)s is cancelled. %(reason)s"), short=_("%(venue)s, %(when)s is cancelled. %(reason)s"),
    ),
    told(
        "activities.booking_called_off", _("Your booking is called off"), OWN,
        _("%(venue)s, %(when)s is called off. %(reason)s Take another time with code %(code)s."),
        short=_("%(venue)s, %(when)s is called off. %(reason)s Take another time with code %(code)s."),
    ),
    told(
        "activities.booking_moved", _("Your booking was moved"), OWN,
        _("%(venue)s: now %(when)s. Code: %(code)s."), short=_("%(venue)s: now %(when)s. Code %(code)s."),
    ),
    told(
        "activities.booking_soon", _("Your booking begins soon"), OWN,
        _("%(venue)s, %(when)s. If you cannot come, cancel with code %(code)s: others are glad of it."),
        short=_("%(venue)s, %(when)s. Cannot come? Cancel with code %(code)s."),
    ),
)  # fmt: skip
# told of a booking and of places at an event alike: the page behind it says which
FEE_MESSAGES = (
    told(
        LETTERS[News.PAID], _("Your fee is paid"), OWN,
        _("%(yuan)s are paid. Receipt %(receipt)s. Code: %(code)s."), short=_("%(yuan)s are paid. Receipt %(receipt)s, code %(code)s."),
    ),
    told(
        LETTERS[News.EXPIRED], _("The number to pay under has run out"), OWN,
        _("The number %(order)s has run out. %(yuan)s are still to be paid: get a new number where code %(code)s leads, or pay at the office."),
        short=_("The number %(order)s has run out. %(yuan)s are still to be paid, code %(code)s:"),
    ),
    told(
        LETTERS[News.RENEWED], _("There is a new number to pay under"), OWN,
        _("%(yuan)s are to be paid under the number %(order)s now. The number before it takes nothing more. Code: %(code)s."),
        short=_("%(yuan)s are to be paid under the number %(order)s now, not the one before. Code %(code)s."),
    ),
    told(
        LETTERS[News.RETURNED], _("Money goes back to you"), OWN,
        _("%(yuan)s that were paid go back the way they came. Code: %(code)s."), short=_("%(yuan)s that were paid go back the way they came. Code %(code)s."),
    ),
)  # fmt: skip
ROUND_MESSAGES = (
    told(
        "activities.round_drawn", _("Your round was drawn"), OWN,
        _("%(round)s was drawn. What %(group)s gets is on its page; you may object there."),
        short=_("%(round)s was drawn. What %(group)s gets is on its page; you may object there."),
    ),
    told(
        "activities.round_decided", _("Your round is decided"), OWN,
        _("%(round)s is decided. %(group)s: %(outcome)s"), short=_("%(round)s is decided. %(group)s: %(outcome)s"),
    ),
    told(
        "activities.objection_answered", _("Your objection was answered"), OWN,
        _("%(group)s: your objection to %(round)s was answered on its page."),
        short=_("%(group)s: your objection to %(round)s was answered on its page."),
    ),
)  # fmt: skip
EVENT_MESSAGES = (
    told(
        "activities.enrolled", _("You have your places"), OWN,
        _("%(event)s, %(when)s: you have your places. Code: %(code)s. With it you give them back."),
        short=_("%(event)s, %(when)s: you have your places. Code %(code)s: with it you give them back."),
    ),
    told(
        "activities.waits", _("You are on the waiting list"), OWN,
        _("%(event)s, %(when)s: you are on the waiting list. Code: %(code)s."),
        short=_("%(event)s, %(when)s: you are on the waiting list. Code %(code)s."),
    ),
    told(
        "activities.moved_up", _("Places fell free for you"), OWN,
        _("%(event)s, %(when)s: places fell free, they are yours. If you cannot come, give them back with code %(code)s."),
        short=_("%(event)s, %(when)s: places are yours. Cannot come? Give them back with code %(code)s."),
    ),
    told(
        "activities.event_cancelled", _("An event was called off"), OWN,
        _("%(event)s, %(when)s does not take place. %(reason)s"), short=_("%(event)s, %(when)s does not take place. %(reason)s"),
    ),
    told(
        "activities.event_changed", _("An event for which you are enrolled changed"), OWN,
        _("%(event)s: %(changes)s %(reason)s If it does not suit you any more, give your places back with code %(code)s."),
        short=_("%(event)s changed. %(change)s"),
    ),
    told(
        "activities.session_dropped", _("One time of an event falls out"), OWN,
        _("%(event)s: on %(when)s it does not take place. %(reason)s The other times stay as they are."),
        short=_("%(event)s: on %(when)s it does not take place. %(reason)s Other times stay."),
    ),
    told(
        "activities.session_moved", _("One time of an event was moved"), OWN,
        _("%(event)s: what was to be on %(when)s is on %(to)s now. If you cannot come then, give your places back with code %(code)s."),
        short=_("%(event)s: instead of %(when)s it is on %(to)s."),
    ),
)  # fmt: skip
ACTS = {
    "activities.venue_added": _("Venue entered"),
    "activities.venue_changed": _("Venue corrected"),
    "activities.venue_ended": _("Venue taken out of use"),
    "activities.week_set": _("Weekly hours of a venue set"),
    "activities.days_set": _("Days of a venue set that differ"),
    "activities.days_lifted": _("Usual hours of a venue hold again"),
    "activities.booked": _("Time at a venue booked"),
    "activities.booking_agreed": _("Booking agreed to"),
    "activities.booking_refused": _("Booking refused"),
    "activities.booking_moved": _("Booking moved"),
    "activities.booking_cancelled": _("Booking cancelled"),
    "activities.fee_paid": _("Fee of a booking or event noted as paid"),
    "activities.fee_returned": _("Fee of a booking or event noted as gone back"),
    "activities.fee_settled": _("What stays owed of a fee decided"),
    "activities.handed_out": _("Venue handed out"),
    "activities.taken_back": _("Venue taken back"),
    "activities.missed": _("Nobody came to a booking"),
    "activities.event_added": _("Event entered"),
    "activities.event_changed": _("Event edited"),
    "activities.event_published": _("Event published"),
    "activities.event_cancelled": _("Event called off"),
    "activities.sessions_dropped": _("Times of an event taken out with their bookings"),
    "activities.session_moved": _("Time of an event moved with its booking"),
    "activities.enrolled": _("Family enrolled for an event"),
    "activities.withdrew": _("Places at an event given back"),
    "activities.moved_up": _("Moved up on a waiting list"),
    "activities.came": _("Family checked in at an event"),
    "activities.others_counted": _("Counted who came to an event without signing up"),
    "activities.rated": _("Said how an event was"),
    "activities.words_decided": _("Words on an event released, kept unseen, or taken back"),
    "activities.group_added": _("Group entered"),
    "activities.group_changed": _("Group corrected"),
    "activities.group_ended": _("Group ended"),
    "activities.round_opened": _("Round of weekly times opened"),
    "activities.wished": _("Group wished for weekly times"),
    "activities.round_drawn": _("Round of weekly times drawn"),
    "activities.objected": _("Objection to a round"),
    "activities.objection_answered": _("Objection to a round answered"),
    "activities.round_decided": _("Round of weekly times decided"),
    "activities.group_struck": _("Group struck from a round"),
    "activities.round_posted": _("Outcome of a round posted as a notice"),
    "activities.round_dropped": _("Round of weekly times called off"),
    "activities.culture_wished": _("Wish in culture taken down"),
    "activities.culture_wish_decided": _("Words of a wish released or kept unseen"),
    "activities.offer_kept": _("Programme on offer entered"),
    "activities.offer_ended": _("Programme taken off the list"),
    "activities.wishes_answered": _("Wishes in culture answered"),
    "activities.answer_taken_back": _("Answer to wishes taken back"),
    "activities.talent_added": _("Local talent entered with consent"),
    "activities.talent_revoked": _("Consent of a local talent taken back"),
    "activities.care_shown": _("Work of a group for public space sent in"),
    "activities.care_decided": _("Work of a group released or not shown"),
    "activities.talk_wish": _("Wish of a residents' talk became a case"),
    "activities.photos_added": _("Photos hung on an event"),
    "activities.photo_taken_away": _("Photo of an event taken away"),
    "activities.end_undone": _("End of a booking taken back"),
}
WORK = {
    "activities.bookings": _("telling bookers, and keeping their names"),
    "activities.damage": _("reporting what was found broken"),
    "activities.lapse": _("refusing bookings that nobody decided"),
    "activities.let_go": _("clearing away what is over its term"),
    "activities.round_posts": _("correcting notices of rounds"),
    "activities.talks": _("passing on wishes of residents' talks"),
    "activities.rehouse": _("following changes of places"),
    "activities.remind": _("reminding bookers"),
}
KINDS = {
    "activities.venue": _("Venue"),
    "activities.booking": _("Booking"),
    "activities.group": pgettext_lazy("activities", "Group"),
    "activities.event": pgettext_lazy("activities", "Event"),
    "activities.enrolment": _("Enrolment"),
    "activities.round": _("Round of weekly times"),
    "activities.culturewish": _("Wish in culture"),
    "activities.cultureoffer": _("Programme on offer"),
    "activities.cultureanswer": _("Answer to wishes"),
    "activities.localtalent": _("Local talent"),
    "activities.carework": _("Work for public space"),
}


def register() -> None:
    """Called once at start."""
    TEMPLATES.add_all((*VENUE_MESSAGES, *FEE_MESSAGES, *ROUND_MESSAGES, *EVENT_MESSAGES))
    VERBS.add_all(Verb(key, title) for key, title in ACTS.items())
    THINGS.add_all(Verb(key, title) for key, title in KINDS.items())
    SYSTEM_WORK.add_all(Verb(key, title) for key, title in WORK.items())
