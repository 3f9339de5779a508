"""Items are written: a new one, its facts, and its parts one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.errors import Invalid, NotFound, Stale
from linli.kernel.permits import require
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.offerings import permits
from linli.offerings.forms.item_parts import PART_FORMS, PART_TITLES
from linli.offerings.forms.items import ItemForm, NewItemForm, OfficeForm, initial_of
from linli.offerings.queries import item_desk as desk
from linli.offerings.queries import items as queries
from linli.offerings.queries.item_files import event_titles
from linli.offerings.services import item_parts, items
from linli.places import queries as places
from linli.ui.forms import Form
from linli.ui.jinja import named

if TYPE_CHECKING:
    from linli.offerings.models import Item, ItemVersion

GET_POST = ["GET", "HEAD", "POST"]
# where a fault of the item stands → the field of the form
FIELDS = {
    "name": "title", "name.en": "title_en", "says.en": "says_en", "office": "decides", "office.en": "decides_en",
    "statutory": "statutory_days", "promised": "promised_days", "result.en": "result_en",
    "refused": "instead", "refused.en": "instead_en",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asking:
    """A page with a form about an item: its words, the way back, what the button says."""

    title: str
    to: str
    submit: str
    item: Any = None
    name: str = ""
    lead: str = ""


def _show(request: Request, asking: Asking, form: Form, **more: object) -> HttpResponse:
    context: dict[str, object] = {"asking": asking, "form": form, "part": None, **more}
    return page(request, "offerings/items/form.html", context, status=422 if form.is_bound else 200)


def _take(form: Form, refusal: Invalid) -> None:
    form.take({FIELDS.get(where, where): words for where, words in refusal.fields.items()})


def _written(request: Request, key: str) -> tuple[Item, ItemVersion]:
    """Return an item and its draft for somebody who writes it. Refuses with NotAllowed, NotFound."""
    item = queries.get_item(request.actor, key)
    require(request.actor, permits.WRITE_ITEMS, at=item.path)
    draft = queries.draft_of(item)
    if draft is None:
        raise NotFound(key=key)
    draft.item = item
    return item, draft


@require_http_methods(GET_POST)
def add(request: Request) -> HttpResponse:
    """Begin a new item; its questions and materials follow on its page."""
    desk.require_any(request.actor)
    grounds = desk.places_of(request.actor)
    form = NewItemForm(request.POST or None, events=list(event_titles().items()), grounds=grounds)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            facts = queries.read_or_refuse({**form.content({}), "key": given["key"]})
            items.create_item(
                places.open_place(given["ground"]), facts, actor=request.actor, now=timezone.now()
            )
        except Invalid as refusal:
            _take(form, refusal)
        else:
            messages.success(request, _("The draft is there. Add what is needed, then hand it on."))
            return done(request, reverse("offerings:desk_item", args=[facts.key]))
    asking = Asking(_("New item of service"), reverse("offerings:desk_items"), _("Begin the draft"))
    return _show(request, asking, form)


@require_http_methods(GET_POST)
def edit(request: Request, key: str) -> HttpResponse:
    """Write what the draft of an item says."""
    item, draft = _written(request, key)
    facts, to = queries.facts_of(draft), reverse("offerings:desk_item", args=[key])
    form = ItemForm(
        request.POST or None, events=list(event_titles().items()),
        initial={**initial_of(facts), "edition": draft.edition},
    )  # fmt: skip
    saved: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            item_parts.write_content(
                draft, {**form.content(draft.content), "key": item.key},
                edition=form.cleaned_data["edition"] or 0, actor=request.actor, now=timezone.now(),
            )  # fmt: skip
        except Stale as stale:
            form.add_error(None, str(stale))
            form.renew("edition", draft.edition)
            saved = form.as_saved(initial_of(facts))
        except Invalid as refusal:
            _take(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return done(request, to)
    asking = Asking(_("What the item says"), to, _("Save"), item, draft.name)
    return _show(request, asking, form, saved=saved)


@require_http_methods(GET_POST)
def part(request: Request, key: str, part: str, number: str = "") -> HttpResponse:
    """One part of a draft: a basis, a question, a condition, a material."""
    item, draft = _written(request, key)
    kind, rows = PART_FORMS.get(part), draft.content.get(part) or []
    at = whole_number(number, least=1, most=len(rows)) if number else None
    if kind is None or (number and at is None):
        raise NotFound(part=part)
    begins = {
        "edition": draft.edition,
        **(kind.initial_of(rows[at - 1]) if at else {"by": "applicant"}),
    }
    form = kind(request.POST or None, facts=queries.facts_of(draft), initial=begins)
    to = reverse("offerings:desk_item", args=[key])
    if request.method == "POST" and form.is_valid():
        try:
            item_parts.put_part(
                draft, part, at, form.content(), edition=form.cleaned_data["edition"],
                actor=request.actor, now=timezone.now(),
            )  # fmt: skip
        except Stale as stale:
            form.add_error(None, str(stale))
        except Invalid as refusal:
            form.take(refusal.fields)
        else:
            messages.success(request, _("Saved."))
            return done(request, f"{to}#{part}")
    asking = Asking(str(PART_TITLES[part]), to, _("Save"), item, draft.name)
    return _show(request, asking, form, part=part, number=at, edition=draft.edition)


@require_POST
def part_move(request: Request, key: str, part: str, number: str, act: str) -> HttpResponse:
    """Take a part out, or let it change places with the one before it."""
    _item, draft = _written(request, key)
    acts = {"remove": item_parts.remove_part, "up": item_parts.raise_part}
    edition = whole_number(request.POST.get("edition", ""), least=1)
    if act not in acts or edition is None:
        raise NotFound(act=act)
    acts[act](
        draft, part, whole_number(number, least=1) or 0, edition=edition, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Saved."))
    return done(request, reverse("offerings:desk_item", args=[key]) + f"#{part}")


@require_http_methods(GET_POST)
def office(request: Request, key: str) -> HttpResponse:
    """Say which office answers for an item, and by when it looks at it again."""
    item = queries.get_item(request.actor, key)
    require(request.actor, permits.WRITE_ITEMS, at=item.path)
    owners = [(one.code, named(one)) for one in queries.offices_of(item.path)]
    begins = {
        "edition": item.edition,
        "owner": item.owner.code if item.owner else "",
        "review_on": item.review_on,
    }
    form = OfficeForm(request.POST or None, owners=owners, initial=begins)
    to = reverse("offerings:desk_item", args=[key])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            items.describe_item(
                item, owner_code=said["owner"], review_on=said["review_on"], edition=said["edition"],
                actor=request.actor, now=timezone.now(),
            )  # fmt: skip
        except Stale as stale:
            form.add_error(None, str(stale))
        except Invalid as refusal:
            form.take(refusal.fields)
        else:
            messages.success(request, _("Saved."))
            return done(request, to)
    asking = Asking(
        _("The office that answers for it"), to, _("Save"), item, queries.versions_of(item)[0].name
    )
    return _show(request, asking, form)
