"""Staff open a case: petition, visit, complaint about a property company, task, paper that came in."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.cases.errors import OnlyReferred
from linli.cases.forms.frame import OpeningForm
from linli.cases.queries.accusing import is_led_elsewhere
from linli.cases.queries.handlers import somebody_may_take
from linli.cases.queries.openings import form_of_kind, kinds_to_open, places_to_open
from linli.cases.rules.clocks import local_day
from linli.cases.services.filing import refer_accusation
from linli.cases.services.opening import Opened
from linli.cases.types.filing import Filing
from linli.cases.types.kinds import ByForm, CaseKind
from linli.cases.views.papers_kept import kept_papers
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.web import Request, done, page
from linli.places.types import PlaceRow


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind as the page of all kinds shows it."""

    title: str
    url: str
    text: str
    icon: str


@require_GET
def new_list(request: Request) -> HttpResponse:
    """What may be opened: one entry for each kind that the post may take down."""
    kinds = kinds_to_open(request.actor)
    if not kinds:
        raise NotFound()
    return page(request, "cases/kinds/new_list.html", {"offers": [_entry(*one) for one in kinds]})


def _entry(kind: CaseKind, way: ByForm) -> Entry:
    return Entry(str(kind.title), reverse("cases:new", args=[kind.key]), str(way.said), way.icon)


@require_http_methods(["GET", "POST"])
def new_case(request: Request, kind: str) -> HttpResponse:
    """The form of a kind at one place; what was typed and attached stays after a mistake."""
    found, way = form_of_kind(kind)
    offered = places_to_open(request.actor, found)
    place = _place_of(request, offered)
    form = way.form(
        request.POST or None, request.FILES or None,
        choices=way.choices(place, local_day(timezone.now())),
    )  # fmt: skip
    kept = kept_papers(request, form)
    is_right = request.method == "POST" and not kept.only_papers and form.is_valid()
    is_accusing = is_right and way.has_asker and _is_led_elsewhere(request, form)
    if is_right and not is_accusing:
        answer = _opened(request, way, place, form, kept.codes)
        if answer is not None:
            return answer
    context: dict[str, object] = {
        "kind": found, "form": form, "kept": kept, "place": place, "places": offered,
        "lead": way.said, "is_accusing": is_accusing,
    }  # fmt: skip
    status = 200 if is_accusing else kept.status(form)
    return page(request, "cases/kinds/new_case.html", context, status=status)


def _is_led_elsewhere(request: Request, form: OpeningForm) -> bool:
    said = form.cleaned_data
    return is_led_elsewhere(request.POST, said["text"], names_post=bool(said.get("about")))


def _place_of(request: Request, offered: list[PlaceRow]) -> PlaceRow:
    if not offered:
        raise NotFound()
    code = request.GET.get("place", "")
    found = next((place for place in offered if place.code == code), None)
    if code and found is None:
        raise NotFound()
    return found or offered[0]


def _opened(
    request: Request,
    way: ByForm,
    place: PlaceRow,
    form: OpeningForm,
    codes: tuple[str, ...],
) -> HttpResponse | None:
    """Open the case and answer, or put what was refused on the form and return None."""
    try:
        if "to_official" in request.POST:
            raise OnlyReferred()
        opened = way.open(place.code, form.cleaned_data, codes, request.actor, timezone.now())
    except OnlyReferred:
        filing = Filing(text="", channel="staff", place=place.code)
        refer_accusation(filing, actor=request.actor, now=timezone.now())
        return done(request, reverse("cases:new_referred"))
    except Invalid as wrong:
        form.take(wrong.fields)
    except WrongState as wrong:
        form.add_error(None, str(wrong))
    else:
        return _answer(request, way, opened)
    return None


def _answer(request: Request, way: ByForm, opened: list[Opened]) -> HttpResponse:
    first = opened[0]
    messages.success(request, _("Registered as %(number)s.") % {"number": first.held.number})
    if way.has_asker:
        if not somebody_may_take(first.held.id, timezone.now()):
            messages.warning(
                request,
                _(
                    "No post is filled here or above that may take this up. Tell the office above: until then it is on nobody's desk."
                ),
            )
        # the code opens the case to whoever asked: it is shown once, and printed for her
        query = urlencode({"code": first.code, "at": "counter"})
        return done(request, f"{reverse('cases:receipt', args=[first.held.number])}?{query}")
    return done(request, reverse("cases:sheet", args=[first.held.number]))


@require_GET
def referred(request: Request) -> HttpResponse:
    """Where accusations against officials go; nothing of them was kept."""
    if not kinds_to_open(request.actor):
        raise NotFound()
    return page(request, "cases/kinds/new_referred.html", {})
