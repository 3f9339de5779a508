"""What activities ask of staff and residents, with the basis."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import (
    HELD_FACTS,
    RESIDENT_DEMANDS,
    STAFF_DEMANDS,
    HeldFact,
    ResidentDemand,
    StaffDemand,
)

CULTURE = "公共文化服务保障法；实施方案任务20 (check)"
PRIVACY = "PIPL art. 13 (1), (2)"
STAFF = (
    StaffDemand("activities.venue", _("Enter a venue with its rules"), "form", CULTURE, 180, period="once"),
    StaffDemand("activities.venue_people", _("Say for how many people a venue is"), "count", CULTURE, 5, period="once"),
    StaffDemand("activities.hours", _("Set the weekly hours of a venue"), "form", CULTURE, 60, period="once"),
    StaffDemand("activities.days", _("Close a venue on some days"), "form", CULTURE, 20),
    StaffDemand("activities.decide", _("Say yes or no to a booking, or cancel it"), "form", CULTURE, 15),
    StaffDemand("activities.fee", _("Note a fee that was paid or went back"), "form", CULTURE, 15),
    StaffDemand("activities.hand_over", _("Take a venue back by its check list"), "form", CULTURE, 30),
    StaffDemand("activities.event", _("Enter an event or course, or call it off"), "form", CULTURE, 180),
    StaffDemand("activities.event_places", _("Say for how many people an event is"), "count", CULTURE, 5),
    StaffDemand("activities.came", _("Record who came to an event, by code"), "form", CULTURE, 5),
    StaffDemand("activities.group", _("Enter a group with its consent"), "form", CULTURE, 60, period="once"),
    StaffDemand("activities.group_people", _("Say how many people belong to a group"), "count", CULTURE, 5, period="year"),
    StaffDemand("activities.culture_release", _("Look at the words of a wish before they are shown"), "form", CULTURE, 15),
    StaffDemand("activities.thought_release", _("Look at what was said of an event before it is shown"), "form", CULTURE, 15),
    StaffDemand("activities.culture_offer", _("Enter a programme that is on offer"), "form", CULTURE, 90, period="year"),
    StaffDemand("activities.culture_answer", _("Say what was done about wishes"), "form", CULTURE, 90, period="quarter"),
    StaffDemand("activities.culture_talent", _("Enter a local talent with their consent"), "form", CULTURE, 60, period="once"),
    StaffDemand("activities.talk_wish", _("Note a wish of a residents' talk"), "form", "实施方案任务9：户籍和非户籍居民恳谈会 (check)", 30),
    StaffDemand("activities.event_photos", _("Hang photos on an event"), "photo", CULTURE, 30),
    StaffDemand("activities.round", _("Open a round of weekly times"), "form", CULTURE, 180, period="year"),
)  # fmt: skip
RESIDENTS = (
    ResidentDemand(
        "activities.booking", _("Booking a venue"),
        _("whom to ask for, a telephone, what for, how many people"), f"{PRIVACY}; {CULTURE}",
        _("name and telephone 30 days after the time; the booking without them stays for the count of use"),
    ),
    ResidentDemand(
        "activities.enrolment", _("Taking part in an event or course"),
        _("names; the year of birth where the event has an age, else whether a child under 14 takes part; a telephone; who agrees for a child under 14"),
        f"{PRIVACY}, 31; {CULTURE}", _("30 days after the last time; numbers and grades stay without names, what one said of it a year"),
    ),
    ResidentDemand(
        "activities.culture_wish", _("Wishing for something in culture"), _("a subject and one sentence; no name"),
        f"{PRIVACY}; {CULTURE}", _("the words a year, sealed; the count stays"),
    ),
    ResidentDemand(
        "activities.talent", _("Standing in the register of local talents"),
        _("how one is called, what one can do; whom to ask and a number, sealed"),
        f"{PRIVACY}; {CULTURE}", _("until the consent is taken back, which works at once"),
    ),
    ResidentDemand(
        "activities.care", _("Showing what a group did for public space"),
        _("the code of the group, what and where, photos without where they were taken"),
        f"{PRIVACY}; 实施方案任务19", _("as long as the page stands; what is not shown goes at once"),
    ),
    ResidentDemand(
        "activities.wishes", _("Wishes of a group in a round"),
        _("the code of the group, which times it wishes; an objection in words"), f"{PRIVACY}; {CULTURE}",
        _("as long as the round stands; they say nothing of a person"),
    ),
)  # fmt: skip
HELD = (HeldFact("activities.venue", _("Venues"), ("venue_name",)),)


def register() -> None:
    """Tell the burden guard. Called at start."""
    STAFF_DEMANDS.add_all(STAFF)
    RESIDENT_DEMANDS.add_all(RESIDENTS)
    HELD_FACTS.add_all(HELD)
