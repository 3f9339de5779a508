"""Pages on the rules and test cases of a set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.cases.errors import NotADraft
from linli.cases.forms.routing import EndForm
from linli.cases.forms.rule_tests import TestForm, test_initial
from linli.cases.forms.rules import RuleForm, rule_initial
from linli.cases.queries import rule_sets as queries
from linli.cases.queries.categories import category_names, category_tree, name_of
from linli.cases.queries.outlines import outline_of_place
from linli.cases.queries.posts import post_names
from linli.cases.queries.routing_words import cell_words, layer_choices
from linli.cases.services import rule_tests, rules
from linli.cases.types.routing import SetState
from linli.cases.views.routing_frame import GET_POST, Asking, answer
from linli.cases.views.rule_sets import edition_of, frame
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.web import Request, done, page
from linli.places.queries.tree import names_of_paths
from linli.ui.columns import col

if TYPE_CHECKING:
    from linli.cases.models import RuleSet


def _draft(request: Request, set_id: int) -> RuleSet:
    """Return a set that may be changed. Refuses with NotFound, NotADraft."""
    rule_set = queries.get_set(request.actor, set_id)
    if rule_set.state != SetState.DRAFT:
        raise NotADraft()
    return rule_set


def _asking(request: Request, rule_set: RuleSet, title: str, form: Any, **more: Any) -> Asking:
    framed: dict[str, Any] = frame(request, rule_set, "rules")
    here = reverse("cases:rule_set", args=[rule_set.pk])
    way = [framed["way"][0], (rule_set.title, here), (title, "")]
    to = more.pop("to", here)
    return Asking(title, form, way, to, more.pop("submit", _("Save")), _("Saved."), **more)


@require_http_methods(GET_POST)
def rule_edit(request: Request, set_id: int, rule_id: int | None = None) -> HttpResponse:
    """Add a rule at the end of a draft, or change one."""
    rule_set = _draft(request, set_id)
    rule = queries.get_rule(rule_set, rule_id) if rule_id else None
    initial = {**(rule_initial(rule) if rule else {}), "edition": rule_set.edition}
    form = RuleForm(request.POST or None, initial=initial, actor=request.actor, rule_set=rule_set)

    def act() -> None:
        rules.save_rule(
            set_id, form.details(_outline(form)), rule_id=rule_id,
            edition=form.cleaned_data["edition"], actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    title = _("Change the rule") if rule else _("New rule")
    tree = [(name_of(g.category), g.category.pk, [(c.pk, name_of(c)) for c in g.items])
            for g in category_tree(localdate())]  # fmt: skip
    ticked = {str(value) for value in form["categories"].value() or ()}
    asking = _asking(
        request, rule_set, title, form, template="cases/rule_edit.html",
        more={"tree": tree, "ticked": ticked},
    )  # fmt: skip
    return answer(request, asking, act, lambda: queries.get_set(request.actor, set_id).edition)


def _outline(form: RuleForm) -> dict[str, Any] | None:
    """Return the outline of the place that was named for it. Refuses with Invalid."""
    code = form.cleaned_data["outline_of"].strip()
    if not code:
        return None
    found = outline_of_place(code)
    if found is None:
        raise Invalid({"outline_of": [_("No outline is known for a place of this code.")]})
    return found


@require_POST
def rule_move(request: Request, set_id: int, rule_id: int) -> HttpResponse:
    """Move a rule one place up or down."""
    by = -1 if request.POST.get("move") == "up" else 1
    _tried(
        request, rules.move_rule, set_id, rule_id, by, edition=edition_of(request),
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return done(request, reverse("cases:rule_set", args=[set_id]) + f"#rule-{rule_id}")


@require_POST
def rule_drop(request: Request, set_id: int, rule_id: int) -> HttpResponse:
    """Take a rule out of a draft."""
    _tried(
        request, rules.drop_rule, set_id, rule_id, edition=edition_of(request),
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return done(request, reverse("cases:rule_set", args=[set_id]))


def _tried(request: Request, act: Any, *args: Any, **kwargs: Any) -> None:
    try:
        act(*args, **kwargs)
    except WrongState as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))


@require_http_methods(GET_POST)
def rule_end(request: Request, set_id: int, rule_id: int) -> HttpResponse:
    """Let a rule in force send nothing from a day on."""
    rule_set = queries.get_set(request.actor, set_id)
    rule = queries.get_rule(rule_set, rule_id)
    form = EndForm(
        request.POST or None, initial={"until": localdate(), "edition": rule_set.edition}
    )

    def act() -> None:
        given = form.cleaned_data
        rules.end_rule(
            set_id, rule_id, given["until"], edition=given["edition"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    title = _("End the rule “%(name)s”") % {"name": rule.title}
    asking = _asking(
        request, rule_set, title, form, submit=_("End"),
        lead=_("From that day on the rules behind it are asked. It stays on record."),
    )  # fmt: skip
    return answer(request, asking, act, lambda: queries.get_set(request.actor, set_id).edition)


@require_safe
def test_list(request: Request, set_id: int) -> HttpResponse:
    """Show the test cases of a set, and where its rules send them."""
    rule_set = queries.get_set(request.actor, set_id)
    rows = queries.results_of(rule_set)
    posts = {post for row in rows for post in (row.post_id, row.test.post_id)}
    context: dict[str, object] = {
        **frame(request, rule_set, "tests"),
        "rows": rows,
        "failing": sum(1 for row in rows if not row.passes),
        "names": post_names(posts),
        "cells": {key: cell_words(name) for key, name in layer_choices()},
        "categories": category_names(),
        "places": names_of_paths({row.test.path for row in rows}),
        "rules": {rule.pk: rule.title for rule in queries.rules_of(rule_set)},
        "columns": [col(_("Test case")), col(_("Must go to")), col(_("Goes to")), col(_("Result")),
                    col(_("Next step"), end=True)],
    }  # fmt: skip
    return page(request, "cases/rule_tests.html", context)


@require_http_methods(GET_POST)
def test_edit(request: Request, set_id: int, test_id: int | None = None) -> HttpResponse:
    """Add a test case to a draft, or change one."""
    rule_set = _draft(request, set_id)
    test = queries.get_test(rule_set, test_id) if test_id else None
    initial = test_initial(test) if test else {"day": localdate()}
    form = TestForm(
        request.POST or None, initial={**initial, "edition": rule_set.edition},
        actor=request.actor, rule_set=rule_set,
    )  # fmt: skip

    def act() -> None:
        rule_tests.save_test(
            set_id, form.details(), test_id=test_id, edition=form.cleaned_data["edition"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    title = _("Change the test case") if test else _("New test case")
    asking = _asking(request, rule_set, title, form, to=reverse("cases:rule_tests", args=[set_id]))
    return answer(request, asking, act, lambda: queries.get_set(request.actor, set_id).edition)


@require_POST
def test_drop(request: Request, set_id: int, test_id: int) -> HttpResponse:
    """Take a test case out of a draft."""
    _tried(
        request, rule_tests.drop_test, set_id, test_id, edition=edition_of(request),
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return done(request, reverse("cases:rule_tests", args=[set_id]))
