"""Steps of a case that have a form of their own: passing on, review, showing, handing out, the day."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.cases.errors import DecidedMeanwhile
from linli.cases.forms.step_specs import STEPS
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.reading import get_case
from linli.cases.services.papers import issue_paper
from linli.cases.types.moves import At
from linli.cases.views.papers_kept import kept_papers
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.web import Request, done, page


@require_http_methods(["GET", "POST"])
def step(request: Request, number: str, name: str) -> HttpResponse:
    """One step of a case by its form."""
    spec, case = STEPS.get(name), get_case(request.actor, number)
    if spec is None or not spec.may(request.actor, case):
        raise NotFound()
    kind = kind_of(case.kind, case.version)
    if not spec.fits(case):
        if request.method == "POST" and spec.is_for(case):
            raise DecidedMeanwhile(state_words=str(kind.states[case.state].title), seq=case.seq)
        raise NotFound()
    now = timezone.now()
    form = spec.form(
        request.POST or None, request.FILES or None, choices=spec.choices(request.actor, case, now),
        initial={"expected_seq": case.seq, **spec.first(case)},
    )  # fmt: skip
    kept = kept_papers(request, form)
    if request.method == "POST" and not kept.only_papers and form.is_valid():
        said = {**form.cleaned_data, "files": kept.codes}
        at = At(case.pk, said["expected_seq"])
        try:
            came = spec.make(at, said, request.actor, now)
        except Invalid as wrong:
            form.take(wrong.fields)
        except WrongState as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, str(spec.done))
            return done(request, _after(came, number))
    context: dict[str, object] = {
        "case": case, "kind": kind, "form": form, "kept": kept, "spec": spec,
        "state": kind.states[case.state].title,
    }  # fmt: skip
    return page(request, "cases/kinds/step.html", context, status=kept.status(form))


def _after(came: Any, number: str) -> str:
    """Where it goes on: at the receipt of a new case that has one, else at the sheet."""
    opened = getattr(came, "held", None)
    code = getattr(came, "code", "")
    if opened is not None and code:
        query = urlencode({"code": code, "at": "counter"})
        return f"{reverse('cases:receipt', args=[opened.number])}?{query}"
    return reverse("cases:sheet", args=[number])


@require_POST
def paper_issue(request: Request, number: str, key: str) -> HttpResponse:
    """Number and print a paper of a case, and show it."""
    case = get_case(request.actor, number)
    paper = issue_paper(case, key, actor=request.actor, now=timezone.now())
    messages.success(
        request,
        _("%(title)s is numbered %(number)s.") % {"title": paper.title, "number": paper.number},
    )
    return done(request, reverse("documents:detail", args=[paper.code]))
