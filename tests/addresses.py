"""Every address of the site, from the resolver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

HOME = "The home of a place is for everybody: what is due, whom to ask, where to go."
KIT = "Shows the parts that pages are made of, with invented data; the demo alone has it."
WAY_IN = "A way in must be open to those who are not in yet."
LAW = "The law and its numbers are public, and so is what the city made of them."
LOG = "Anyone can check the log of what was published; it holds nothing personal."
PLACES = "The official places and their codes are public."
OFFICES = "Organisations of the place and their offices are public; the register hides the rest."
PLAN = "The plan is a published document; what the Party tasks measured is left out."
PAPER = "Whoever holds a printed paper checks with its code whether it is genuine."
SAID = "Anyone may say what is wrong with a page, and follow the answer with the code received."
DUTIES = "Which office is in charge of what is public (权责清单), and so are the categories."
OPEN311 = "Programs of others read what is public of reports; who sends one needs a key."
NOTICE = "What an office posts is meant for everybody, also after its period."
REPORT = "Anyone reports without an account, and follows it with the number and code received."
FORM = "A published form is open to whoever may need it; what is typed belongs to whoever has its code."
APPLY = "Anyone applies without an account, and follows it with the number and code received."
REPORTS = (
    "What was reported in a place and what became of it is public; words once they are released."
)
HEADS = "Neighbours see who is head of their building, speak to her without account, and read the answer by code."
WARNING = "What the office warns of is meant for everybody, to be read and sent on."
OUTDOORS = "The page of the day outdoors holds nobody's data: what a worker needs lies on her phone under her own key."
DOOR = "The page at the door of an event holds nobody's data: its list lies on the phone under the key of whoever stands there."
VENUES = (
    "Halls and fields are for everybody, and so is when they are free; who has a time is not told."
)
BOOKINGS = "Whoever has the code of a booking is its booker: she finds, moves and cancels it without account."
ROUNDS = (
    "How weekly times are given to groups is public and can be checked; a group speaks by its code."
)
ITEM = "What one can get done, and what it needs, is told to everybody."
CULTURE = "Everybody wishes without a name and sees what was asked and done; a group shows its work by its code."
EVENTS = "What goes on in a place is for everybody; who takes part is not told, and a family speaks by its code."
CENTRE = "Whether a centre is open, what can be done there and the way to it is for everybody."
VISIT = "Anyone books a visit without an account, and follows, moves and cancels it by its code."
DRAW = (
    "Scarce dates are drawn in public: anybody enters, follows by code, and makes the draw again."
)
TICKET = "Whoever comes to the hall draws a ticket that names nobody, and sees whom the big screen calls."
TABLET = "Only a device that was enrolled for a window shows anything, and that is a number and five grades."
WHO = "What every public site must say about itself."

# route without language → why everybody may open it; docs/access.md lists them
OPEN: dict[str, str] = {
    "": HOME,
    "places/<str:code>/": HOME,
    "places/<str:code>/map/": HOME,
    "places/<str:code>/door/<slug:key>/": HOME,
    "places/<str:code>/touch/": "The touch screen stands in the hall for whoever comes by.",
    "places/<str:code>/touch/feedback/": SAID,
    "places/<str:code>/touch/<slug:key>/": "The touch screen stands in the hall for whoever comes by.",
    "places/<str:code>/cases/": REPORTS,
    "places/<str:code>/cases/<str:number>/": REPORTS,
    "places/<str:code>/weeks/": REPORTS,
    "places/<str:code>/weeks/<str:week>/": REPORTS,
    "feeds/places/<str:code>.atom": REPORTS,
    "feeds/places/<str:code>/weeks.atom": REPORTS,
    "api/v1/places/<code>/home/": HOME,
    "api/v1/places/<code>/cases/": REPORTS,
    "api/v1/places/<code>/weeks/": REPORTS,
    "api/v1/places/<code>/cases/<number>/": REPORTS,
    "rate/<str:number>": "Whoever has the code of a report rates what became of it.",
    "places/<str:code>/screen/": "The big screen hangs in the hall and shows what is public.",
    "calendars/<slug:code>.ics": EVENTS,
    "places/<str:code>/events/": EVENTS,
    "places/<str:code>/culture/": CULTURE,
    "places/<str:code>/care/": CULTURE,
    "api/v1/places/<code>/culture/": CULTURE,
    "api/v1/places/<code>/care/": CULTURE,
    "events/<slug:code>/": EVENTS,
    "events/<slug:code>/enrol/": EVENTS,
    "enrolments/<slug:code>/": EVENTS,
    "enrolments/<slug:code>/withdraw": EVENTS,
    "certificates/<slug:code>/": PAPER,
    "api/v1/certificates/<code>/": PAPER,
    "api/v1/enrolments/<code>/calendar/": EVENTS,
    "api/v1/enrolments/<code>/certificate/": EVENTS,
    "api/v1/events/": EVENTS,
    "api/v1/events/<code>/": EVENTS,
    "api/v1/events/<code>/enrol": EVENTS,
    "api/v1/enrolments/<code>/": EVENTS,
    "api/v1/enrolments/<code>/withdraw": EVENTS,
    "api/v1/enrolments/<code>/fee/": EVENTS,
    "api/v1/enrolments/<code>/thought": EVENTS,
    "places/<str:code>/rounds/": ROUNDS,
    "rounds/<int:round_id>/": ROUNDS,
    "rounds/<int:round_id>/draw.json": ROUNDS,
    "rounds/<int:round_id>/wish/": ROUNDS,
    "rounds/<int:round_id>/object/": ROUNDS,
    "api/v1/groups/": ROUNDS,
    "api/v1/rounds/": ROUNDS,
    "api/v1/rounds/<int:round_id>/": ROUNDS,
    "api/v1/rounds/<int:round_id>/draw/": ROUNDS,
    "api/v1/rounds/<int:round_id>/wish": ROUNDS,
    "api/v1/rounds/<int:round_id>/object": ROUNDS,
    "places/<str:code>/venues/": VENUES,
    "places/<str:code>/venues/touch/": VENUES,
    "venues/<int:venue_id>/": VENUES,
    "venues/<int:venue_id>/plan/": VENUES,
    "venues/<int:venue_id>/book/": VENUES,
    "api/v1/venues/": VENUES,
    "api/v1/venues/<int:venue_id>/": VENUES,
    "api/v1/venues/<int:venue_id>/times/": VENUES,
    "api/v1/venues/<int:venue_id>/book": VENUES,
    "bookings/": BOOKINGS,
    "bookings/<slug:code>/": BOOKINGS,
    "bookings/<slug:code>/move/": BOOKINGS,
    "bookings/<slug:code>/cancel": BOOKINGS,
    "bookings/<slug:code>/pay": BOOKINGS,
    "api/v1/bookings/<code>/": BOOKINGS,
    "api/v1/bookings/<code>/move": BOOKINGS,
    "api/v1/bookings/<code>/cancel": BOOKINGS,
    "api/v1/bookings/<code>/fee/": BOOKINGS,
    "places/<str:code>/heads/": HEADS,
    "heads/<int:head_id>/say/": HEADS,
    "heads/words/<slug:word>/": HEADS,
    "api/v1/grid/heads/": HEADS,
    "api/v1/grid/heads/<int:head_id>/say": HEADS,
    "api/v1/grid/heads/words/<word>/": HEADS,
    "places/<str:code>/warnings/": WARNING,
    "warnings/<int:warning_id>/picture.png": WARNING,
    "api/v1/grid/warnings/": WARNING,
    "items/": ITEM,
    "places/<str:code>/handbook/": ITEM,
    "items/<slug:key>/": ITEM,
    "items/<slug:key>/apply/": APPLY,
    "applications/receipt/<str:number>/": APPLY,
    "applications/<str:number>/supply/": APPLY,
    "applications/<str:number>/fee/": APPLY,
    "applications/<str:number>/sealed/<slug:paper>.pdf": APPLY,
    "api/v1/applications/": APPLY,
    "api/v1/applications/<number>/": APPLY,
    "api/v1/applications/<number>/supply": APPLY,
    "api/v1/applications/<number>/fee/": APPLY,
    "items/<slug:key>/print.pdf": ITEM,
    "api/v1/items/": ITEM,
    "api/v1/hsds/": ITEM,
    "api/v1/hsds/organizations/": ITEM,
    "api/v1/hsds/organizations/<slug:key>/": ITEM,
    "api/v1/hsds/services/": ITEM,
    "api/v1/hsds/services/<slug:key>/": ITEM,
    "api/v1/hsds/locations/": ITEM,
    "api/v1/hsds/service_at_locations/": ITEM,
    "api/v1/items/<slug:key>/": ITEM,
    "items/<slug:key>/visit/": VISIT,
    "visits/": VISIT,
    "visits/of/<slug:code>/": VISIT,
    "items/<slug:key>/home/": VISIT,
    "visits/home/<slug:code>/": VISIT,
    "api/v1/home-visits/": "Everybody may ask an office to come; the list shows who serves there alone.",
    "visits/<slug:centre>/ticket/": TICKET,
    "visits/<slug:centre>/touch/": TICKET,
    "tickets/<slug:code>/": TICKET,
    "tickets/<slug:code>/touch/": TICKET,
    "tickets/<slug:code>/leave": TICKET,
    "screens/<slug:centre>/": TICKET,
    "draws/<slug:code>/": DRAW,
    "draws/<slug:code>/draw.json": DRAW,
    "draws/<slug:code>/mine/": DRAW,
    "draws/entries/<slug:code>/": DRAW,
    "draws/entries/<slug:code>/<slug:move>": DRAW,
    "rate/visits/<slug:code>/": "Whoever has the code of a visit was there, and says how it was.",
    "rate/tablet/": TABLET,
    "api/v1/rate/tablet/": TABLET,
    "api/v1/rate/tablet": TABLET,
    "visits/of/<slug:code>/visit.ics": VISIT,
    "visits/of/<slug:code>/move/": VISIT,
    "visits/of/<slug:code>/cancel": VISIT,
    "visits/<slug:centre>/": VISIT,
    "visits/<slug:centre>/book/": VISIT,
    "centres/<slug:centre>/": CENTRE,
    "api/v1/centres/<slug:code>/today/": CENTRE,
    "api/v1/queues/<slug:centre>/": TICKET,
    "api/v1/queues/<slug:centre>/tickets": TICKET,
    "api/v1/tickets/<code>/": TICKET,
    "api/v1/tickets/<code>/leave": TICKET,
    "api/v1/rate/visits/<code>": TICKET,
    "api/v1/slots/": VISIT,
    "api/v1/draws/": DRAW,
    "api/v1/draws/<code>/": DRAW,
    "api/v1/draws/<code>/entries/": DRAW,
    "api/v1/draws/<code>/mine": DRAW,
    "api/v1/draws/entries/<code>/": DRAW,
    "api/v1/draws/entries/<code>/withdraw": DRAW,
    "api/v1/draws/entries/<code>/take": DRAW,
    "api/v1/draws/entries/<code>/pass": DRAW,
    "api/v1/windows/": VISIT,
    "api/v1/visits/<code>/": VISIT,
    "api/v1/visits/<code>/move": VISIT,
    "api/v1/visits/<code>/cancel": VISIT,
    "desk/checks/": OUTDOORS,
    "desk/checks/worker.js": OUTDOORS,
    "grid/outdoors/": OUTDOORS,
    "grid/outdoors/app.webmanifest": OUTDOORS,
    "grid/outdoors/worker.js": OUTDOORS,
    "desk/events/door/": DOOR,
    "desk/events/door/worker.js": DOOR,
    "search/": "Everybody finds what is public; the rest is left out for whom may not see it.",
    "me/": "Tells those who are not signed in what they will find here, and how to sign in.",
    "who-read-my-data/": "Says what a person finds here; the readings are shown to her alone.",
    "preferences/": "Type size and contrast are for everybody and stay on the device.",
    "accessibility/": WHO,
    "privacy/": WHO,
    "objections/": WHO,
    "feedback/": SAID,
    "feedback/<str:code>/": SAID,
    "feedback/follow/": SAID,
    "follow/": SAID,
    "follow/<str:code>/": SAID,
    "routing/responsibilities/<str:code>/": DUTIES,
    "api/v1/routing/responsibilities/": DUTIES,
    "api/v1/routing/categories/": DUTIES,
    "api/v1/routing/categories/<code>/": DUTIES,
    "api/v1/routing/suggest/": "Whoever writes a report gets a category and a place suggested; nothing is kept.",
    "report/": REPORT,
    "report/suggest": REPORT,
    "report/worker.js": "A script that holds nobody's data: a browser sends with it what waits there, sealed.",
    "report/receipt/<str:number>/": REPORT,
    r"^follow/(?P<number>[A-Za-z]{1,4}-\d{4}-\d{4,8})/?$": REPORT,
    "follow/<str:number>/": REPORT,
    "follow/<str:number>/photos/<slug:file>/": REPORT,
    "follow/<str:number>/<slug:move>": REPORT,
    "api/v1/reports/": REPORT,
    "api/v1/reports/photos": REPORT,
    "api/v1/reports/<number>/": REPORT,
    "api/v1/reports/<number>/add": REPORT,
    "api/v1/reports/<number>/withdraw": REPORT,
    "api/v1/reports/<number>/agree": REPORT,
    "api/v1/reports/<number>/bring-again": REPORT,
    "api/v1/reports/<number>/ask-reopen": REPORT,
    "api/v1/reports/<number>/rate": REPORT,
    "robots.txt": "Machines that collect pages read here which ones are for them.",
    "favicon.ico": "The sign of the pages, for browsers that ask at the root.",
    "_kit/": KIT,
    "_kit/<slug:face>/": KIT,
    "demo/telephone/": "Shows the text messages that the demo did not send; the demo alone has it.",
    "access/sign-in/": WAY_IN,
    "access/sign-in/factor/": WAY_IN,
    "access/sign-in/passkey/": WAY_IN,
    "access/sign-in/resident/": WAY_IN,
    "access/sign-in/code/": WAY_IN,
    "access/sign-in/forgot/": WAY_IN,
    "access/sign-in/again/": "What was typed before the session ended is shown to its owner alone.",
    "access/sign-out/": "Signing out twice is signing out once.",
    "access/link/<str:secret>/": WAY_IN,
    "access/set-up/": WAY_IN,
    "access/counter/": "The enrolled computer asks who sits down; others are led to sign in.",
    "access/counter/lock/": "Locking what is locked changes nothing.",
    "check/": PAPER,
    "check/<slug:code>/": PAPER,
    "q/<slug:code>": PAPER,
    "q/<slug:code>/": PAPER,
    "api/v1/documents/<code>/check/": PAPER,
    "rulebook/": LAW,
    "rulebook/changes/": LAW,
    "rulebook/calendar/": LAW,
    "rulebook/calendar/<int:year>/": LAW,
    "rulebook/<str:key>/": LAW,
    "api/v1/rulebook/": LAW,
    "api/v1/rulebook/calendar/": LAW,
    "api/v1/rulebook/<key>/": LAW,
    "api/v1/rulebook/keys/": LAW,
    "api/v1/rulebook/changes/": LAW,
    "api/v1/rulebook/calendar/days/": LAW,
    "api/v1/rulebook/calendar/due/": LAW,
    "api/v1/rulebook/<key>/history/": LAW,
    "api/v1/rulebook/<key>/local/": LAW,
    "api/v1/rulebook/<key>/explain/": LAW,
    "api/v1/search/": "Everybody finds what is public; the rest is left out for whom may not see it.",
    "api/v1/feedback/give": SAID,
    "register/places/": PLACES,
    "register/places/on-a-day/": PLACES,
    "register/places/on-a-day/print/": PLACES,
    "register/places/<str:code>/": PLACES,
    "register/places/<str:code>/cells/": PLACES,
    "register/places/<str:code>/parts/": PLACES,
    "api/v1/places/": PLACES,
    "api/v1/places/locate/": PLACES,
    "api/v1/places/cells/": PLACES,
    "api/v1/places/changes/": PLACES,
    "api/v1/places/decisions/": PLACES,
    "api/v1/places/figures/": PLACES,
    "api/v1/places/layers/": PLACES,
    "api/v1/places/outlines/": PLACES,
    "api/v1/places/restated/": PLACES,
    "api/v1/places/<code>/": PLACES,
    "api/v1/places/<code>/parts/": PLACES,
    "api/v1/places/<code>/predecessors/": PLACES,
    "api/v1/places/<code>/successors/": PLACES,
    "organisations/": OFFICES,
    "organisations/<slug:code>/": OFFICES,
    "places/<str:code>/organisations/": OFFICES,
    "places/<str:code>/centres/": OFFICES,
    "places/<str:code>/pairings/": OFFICES,
    "posts/<int:post_id>/": OFFICES,
    "api/v1/organisations/": OFFICES,
    "api/v1/organisations/<code>/": OFFICES,
    "api/v1/posts/<int:post_id>/": OFFICES,
    "api/v1/centres/": OFFICES,
    "api/v1/centres/<slug:code>/": OFFICES,
    "api/v1/pairings/": "Which communities help each other is public.",
    "api/v1/posts/": OFFICES,
    "places/<str:code>/notices/": NOTICE,
    "places/<str:code>/notices/touch/": NOTICE,
    "places/<str:code>/notices/touch/<slug:notice>/": NOTICE,
    "places/<str:code>/notices/screen/": NOTICE,
    "notices/<slug:code>/": NOTICE,
    "feeds/notices/<slug:code>.atom": NOTICE,
    "api/v1/notices/": NOTICE,
    "api/v1/notices/<code>/": NOTICE,
    "open311/discovery.<slug:form>": OPEN311,
    "open311/v2/discovery.<slug:form>": OPEN311,
    "open311/v2/services.<slug:form>": OPEN311,
    "open311/v2/services/<str:code>.<slug:form>": OPEN311,
    "open311/v2/requests.<slug:form>": OPEN311,
    "open311/v2/requests/<str:number>.<slug:form>": OPEN311,
    "open311/v2/tokens/<str:token>.<slug:form>": OPEN311,
    "open311/v2/servicerequestupdates.<slug:form>": OPEN311,
    "open311/v2/<path:rest>": OPEN311,
    "plan/": PLAN,
    "plan/print/": PLAN,
    "plan/cells/": PLAN,
    "plan/documents/": PLAN,
    "plan/documents/<slug:code>/": PLAN,
    "plan/documents/<slug:code>/reading/": PLAN,
    "plan/documents/<slug:code>/measures/": PLAN,
    "plan/documents/<slug:code>/targets/": PLAN,
    "plan/documents/<slug:code>/targets/<slug:target>/": PLAN,
    "plan/documents/<slug:code>/tasks/<int:number>/": PLAN,
    "plan/indicators/": PLAN,
    "plan/indicators/<str:key>/": PLAN,
    "plan/filings/": "Which towns filed is public; what they filed is not.",
    "plan/reports/": "Which towns reported is public; what they reported is not.",
    "plan/visits/": "That a visit took place is public; what it found is not.",
    "plan/pilots/": PLAN,
    "plan/pilots/<int:pilot_id>/": PLAN,
    "plan/practices/": "Good practice is written down for others to copy.",
    "plan/practices/<int:practice_id>/": "Good practice is written down for others to copy.",
    "plan/funding/": "What public money was planned for is public.",
    "api/v1/plan/tasks/": PLAN,
    "api/v1/plan/targets/": PLAN,
    "api/v1/plan/board/": PLAN,
    "api/v1/plan/measures/": PLAN,
    "api/v1/plan/parts/": PLAN,
    "api/v1/plan/stages/": PLAN,
    "api/v1/plan/requirements/": PLAN,
    "api/v1/plan/documents/": PLAN,
    "api/v1/plan/documents/<slug:code>/": PLAN,
    "api/v1/plan/corrections/": PLAN,
    "api/v1/plan/indicators/": PLAN,
    "api/v1/plan/indicators/<key>/": PLAN,
    "api/v1/plan/values/": PLAN,
    "api/v1/plan/values/<key>/<place>/": PLAN,
    "api/v1/plan/calls/": "What towns were asked for, and on which basis, is public.",
    "api/v1/plan/town-plans/": "Everybody is answered; the plans of others are left out.",
    "api/v1/plan/town-plans/late/": "Everybody is answered; towns of others are left out.",
    "api/v1/plan/reports/": "Everybody is answered; the reports of others are left out.",
    "api/v1/plan/visits/": "Everybody is answered; the visits of others are left out.",
    "api/v1/plan/pilots/": PLAN,
    "api/v1/plan/pilots/<int:pilot_id>/": PLAN,
    "api/v1/plan/practices/": "Good practice is written down for others to copy.",
    "api/v1/plan/practices/<int:practice_id>/": "Good practice is written down for others to copy.",
    "api/v1/plan/funding/": "Everybody is answered; the lines of others are left out.",
    "forms/<slug:key>/paper/": FORM,
    "forms/<slug:key>/versions/<int:number>/export/": FORM,
    "forms/<slug:key>/try/": FORM,
    "forms/<slug:key>/try/<slug:code>/": FORM,
    "forms/<slug:key>/try/<slug:code>/check/": FORM,
    "forms/<slug:key>/try/<slug:code>/keep": FORM,
    "forms/<slug:key>/try/<slug:code>/drop": FORM,
    "forms/<slug:key>/try/<slug:code>/take-over": FORM,
    "forms/<slug:key>/try/<slug:code>/files/<slug:file>/": FORM,
    "api/v1/forms/": FORM,
    "api/v1/forms/<key>/": FORM,
    "api/v1/forms/<key>/versions/<int:number>/": FORM,
    "api/v1/forms/<key>/check/": FORM,
    "log/": LOG,
    "log/heads/": LOG,
    "log/heads/<int:size>/note": LOG,
    "log/consistency/": LOG,
    "log/parts/<int:part>/": LOG,
    "log/<int:index>/": LOG,
    "api/v1/log/head/": LOG,
    "api/v1/log/heads/": LOG,
    "api/v1/log/heads/<int:size>/": LOG,
    "api/v1/log/checkpoint/": LOG,
    "api/v1/log/entries/": LOG,
    "api/v1/log/entries/<int:index>/": LOG,
    "api/v1/log/entries/<int:index>/proof/": LOG,
    "api/v1/log/consistency/": LOG,
    "api/v1/": "Says nothing: there is no page at the root of the API.",
    "api/v1/openapi.json": "Programmers read here what the API takes and gives.",
}


@dataclass(frozen=True, order=True)
class Address:
    """`route` stands without language; pages have one, machines' addresses do not."""

    route: str
    has_language: bool

    @property
    def is_move(self) -> bool:
        """Say whether this does something and shows nothing: pages and things end in a slash."""
        return not self.route.endswith(("/", "/$"))

    def __str__(self) -> str:
        return self.route or "(home)"


def addresses() -> list[Address]:
    """Return every address once, in order."""
    return sorted(set(_below(get_resolver(), "", False)))


def _below(resolver: URLResolver, prefix: str, has_language: bool) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            is_language = isinstance(entry.pattern, LocalePrefixPattern)
            part = "" if is_language else str(entry.pattern)
            yield from _below(entry, prefix + part, has_language or is_language)
        elif isinstance(entry, URLPattern):
            yield Address(prefix + str(entry.pattern), has_language)
