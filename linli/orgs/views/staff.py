"""Pages on staff of a place: the list with its file, certificates, training. Nothing ranks anybody."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.paging import clean_limit, page_of
from linli.kernel.permits import require
from linli.kernel.web import Request, done, page
from linli.orgs import permits, queries, services
from linli.orgs.forms.learning import CertificateForm, TrainingForm
from linli.orgs.queries.naming import place_name
from linli.orgs.queries.staff_sheets import (
    LATEST,
    staff_wanted,
    year_of,
)
from linli.orgs.services import Holder
from linli.orgs.types import Arrival, CertificateKind, Subject, choices, title_of
from linli.orgs.views.answering import Asking, answer, name_of, way_to
from linli.orgs.views.register import FILES
from linli.places import queries as places
from linli.runtime.queries import offered
from linli.ui.addresses import address_of
from linli.ui.columns import col
from linli.ui.downloads import list_download

GET_POST = ["GET", "HEAD", "POST"]


@require_safe
def staff_list(request: Request, code: str) -> HttpResponse:
    """List who holds which post at a place and below, or give it as a file."""
    place, way = way_to(code, (_("Staff"), ""))
    get, today, form = request.GET.get, localdate(), request.GET.get("format", "")
    wanted = staff_wanted(request.GET.dict(), place.path)
    if form in FILES:
        rows = queries.staff_holdings(request.actor, wanted, on=today)
        return list_download(request, "orgs.staff", rows, place=code)
    found = queries.staff_page(
        request.actor, wanted, on=today, cursor=get("cursor"), limit=clean_limit(get("limit"))
    )
    context: dict[str, object] = {
        "place": place,
        "way": way,
        "title": _("Staff of %(place)s") % {"place": place_name(place)},
        "found": found,
        "names": queries.names_of([h.post.organisation_id for h in found.items], today),
        "wanted": wanted,
        "here": address_of(request),
        "arrivals": [("", _("All ways")), *choices(Arrival)],
        "kinds": [("", _("All posts")), *((k.code, name_of(k)) for k in queries.post_kinds())],
        "columns": [
            col(_("Name")), col(_("Post")), col(_("Organisation")), col(_("Since")),
            col(_("Came by")), col(_("Office phone")),
        ],
        "title_of": title_of,
        "Arrival": Arrival,
        **offered(request.actor, "orgs.staff"),
        "place_name": place_name,
    }  # fmt: skip
    return page(request, "orgs/staff.html", context)


@require_safe
def certificate_list(request: Request, code: str) -> HttpResponse:
    """List valid certificates of those who work at a place and below."""
    place, way = way_to(code, (_("Certificates"), ""))
    today, form = localdate(), request.GET.get("format", "")
    social = request.GET.get("kind", "") == "social_work"
    rows = queries.certificates(request.actor, place.path, on=today, social_work_only=social)
    if form in FILES:
        return list_download(request, "orgs.certificates", rows, place=code)
    found = page_of(
        rows, LATEST, cursor=request.GET.get("cursor"), limit=clean_limit(request.GET.get("limit"))
    )
    context: dict[str, object] = {
        "place": place,
        "way": way,
        "title": _("Certificates at %(place)s") % {"place": place_name(place)},
        "found": found,
        "names": queries.names_of([c.organisation_id for c in found.items], today),
        "here": address_of(request),
        "social_only": social,
        "columns": [
            col(_("Name")), col(_("Certificate")), col(_("Number on the certificate")), col(_("Organisation")),
            col(_("Issued on")), col(_("Valid until")), col(_("Next step"), end=True),
        ],
        "may_keep": request.actor.may(permits.STAFF_KEEP, at=place.path),
        "kind_of": lambda kind: title_of(CertificateKind, kind),
        **offered(request.actor, "orgs.certificates"),
    }  # fmt: skip
    return page(request, "orgs/certificates.html", context)


@require_http_methods(GET_POST)
def certificate_add(request: Request, code: str) -> HttpResponse:
    """Enter a certificate."""
    place = places.open_place(code)
    require(request.actor, permits.STAFF_KEEP, at=place.path)
    form = CertificateForm(request.POST or None, organisations=_bodies(request, place.path))
    here = reverse("orgs:certificates", args=[code])

    def act() -> None:
        data = form.cleaned_data
        services.enter_certificate(
            queries.get_organisation(request.actor, data["organisation"], on=localdate()),
            Holder(data["holder_name"]), kind=CertificateKind(data["kind"]),
            number=data["number"].strip(), valid=(data["issued_on"], data["until"]),
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    title = _("Enter a certificate")
    asking = Asking(
        title=title, form=form, way=way_to(code, (_("Certificates"), here), (title, ""))[1],
        to=here, submit=_("Enter"), said=_("The certificate is on record."),
    )  # fmt: skip
    return answer(request, asking, act)


@require_POST
def certificate_remove(request: Request, certificate_id: int) -> HttpResponse:
    """Take a certificate out of the register."""
    certificate = queries.get_certificate(request.actor, certificate_id)
    services.remove_certificate(certificate, actor=request.actor, now=timezone.now())
    code = certificate.path.rstrip("/").rpartition("/")[2]
    return done(request, reverse("orgs:certificates", args=[code]))


@require_safe
def training_list(request: Request, code: str) -> HttpResponse:
    """Show hours of training of a year by subject, and the entries behind them; or these as a file."""
    place, way = way_to(code, (_("Training"), ""))
    year = year_of(request.GET.dict())
    rows = queries.training(request.actor, place.path, year=year)
    if request.GET.get("format") in FILES:
        return list_download(request, "orgs.training", rows, place=code)
    found = page_of(rows, LATEST, cursor=request.GET.get("cursor"), limit=clean_limit(None))
    sums = queries.training_by_subject(request.actor, place.path, year=year)
    context: dict[str, object] = {
        "place": place,
        "way": way,
        "title": _("Training at %(place)s") % {"place": place_name(place)},
        "year": year,
        "found": found,
        "names": queries.names_of([t.organisation_id for t in found.items], localdate()),
        "sums": [(title_of(Subject, subject), total / 2, f"{total / 2:g}") for subject, total in sums],
        "here": address_of(request),
        "columns": [
            col(_("Name")), col(_("Subject")), col(_("Course")), col(_("Organisation")),
            col(_("Hours"), end=True),
        ],
        "may_keep": request.actor.may(permits.STAFF_KEEP, at=place.path),
        "subject_of": lambda subject: title_of(Subject, subject),
        **offered(request.actor, "orgs.training"),
    }  # fmt: skip
    return page(request, "orgs/training.html", context)


@require_http_methods(GET_POST)
def training_add(request: Request, code: str) -> HttpResponse:
    """Enter hours of training."""
    place = places.open_place(code)
    require(request.actor, permits.STAFF_KEEP, at=place.path)
    form = TrainingForm(request.POST or None, organisations=_bodies(request, place.path))
    here = reverse("orgs:training", args=[code])

    def act() -> None:
        data = form.cleaned_data
        services.enter_training(
            queries.get_organisation(request.actor, data["organisation"], on=localdate()),
            Holder(data["holder_name"]),
            course=(Subject(data["subject"]), data["year"], data["title"]),
            half_hours=data["hours"], actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    title = _("Enter training")
    asking = Asking(
        title=title, form=form, way=way_to(code, (_("Training"), here), (title, ""))[1], to=here,
        submit=_("Enter"), said=_("The hours are on record."),
    )  # fmt: skip
    return answer(request, asking, act)


def _bodies(request: Request, path: str) -> list[tuple[str, str]]:
    """The organisations of one place, for a select field."""
    found = queries.bodies_at(request.actor, path, on=localdate())
    return [(o.code, name_of(o)) for o in found]
