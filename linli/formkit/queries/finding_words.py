"""The words of the publishing lint: what is wrong with a form, and where."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.formkit.types import Finding

LANGUAGES = {"zh": _("Chinese"), "en": _("English")}
TEXTS = {
    "title": _("the title of the form"),
    "intro": _("the introduction"),
    "page": _("the title of the page"),
    "section": _("the heading"),
    "label": _("the question"),
    "help": _("the help below the question"),
    "unit": _("the unit"),
    "option": _("an answer"),
}
SORTS = {
    "number": _("a plain number"), "money": _("an amount of money"), "day": _("a date"),
    "text": _("a text"), "other": _("something that cannot be computed with"),
}  # fmt: skip
ASKS = {"photo": _("a photo"), "location": _("a position")}
FINDING_WORDS: dict[str, Any] = {
    "no_words": _("%(what)s is missing in %(language)s."),
    "reserved_key": _("The short name is one that every page uses itself. Give it another."),
    "empty_form": _("The form asks nothing yet. Add a question."),
    "unreachable": _("This question stands on no page, so nobody would ever be asked it."),
    "no_such_item": _("The page names a question that does not exist."),
    "asked_twice": _("This question stands on the pages twice."),
    "double_page": _("Page %(page)s has the same name as another page."),
    "empty_page": _("Page %(page)s asks nothing. Take it out or move a question there."),
    "many_on_page": _(
        "Page %(page)s asks %(count)s questions. More than %(most)s tire people: part the page."
    ),
    "many_questions": _(
        "The form asks %(count)s questions. Do you need them all? Above %(most)s many give up."
    ),
    "too_many_cells": _(
        "The tables of page %(page)s are too large for one page. Allow fewer rows, or part the page."
    ),
    "same_label": _("Another question on this page has the same words."),
    "circle": _("This hangs on itself, through its condition or what it computes."),
    "computes_typed": _("A question that people answer cannot be computed as well."),
    "later_page": _("It hangs on “%(field)s”, which is only asked on a later page."),
    "later_field": _("It hangs on “%(field)s”, which is only asked further down."),
    "hukou_early": _(
        "Nobody is asked for the place of hukou before it is known what the person needs. Move it back, or ask it only if an answer makes it matter."
    ),
    "no_such_field": _("It speaks of “%(field)s”, which is not in the form."),
    "other_row": _("It looks at “%(field)s” in another table, whose row is not known here."),
    "cannot_compare": _("“%(field)s” cannot be compared in this way."),
    "no_such_answer": _("“%(value)s” is no possible answer to “%(field)s”."),
    "no_computation": _("Nothing is computed here yet."),
    "many_rows": _(
        "“%(field)s” has many rows. Add them up, count them, or take the least or most."
    ),
    "not_a_number": _("“%(field)s” is no number and cannot be computed with."),
    "not_a_day": _("“%(field)s” is no day."),
    "mixed_money": _("Money and plain numbers are mixed."),
    "other_result": _("This gives %(gives)s, but the field shows %(wanted)s."),
    "one_option": _("A choice needs at least two answers."),
    "no_options": _("There is no answer to tick."),
    "double_option": _("Two answers have the same short name, or one has none."),
    "unsealed": _("This names a person: keep it sealed."),
    "no_root": _("Say under which place one chooses."),
    "asks_known": _(
        "The register knows this (“%(source)s”), but nothing fills it in. Whoever uses the form must pass it, or the question must go."
    ),
    "no_basis": _("Staff are asked for %(asks)s: name the basis (BU-12)."),
    "no_scene": _(
        "Staff may be made to give %(asks)s only in a special scene (BU-13, BU-15). Name the scene, or make it optional."
    ),
    "bad_bound": _("The earliest or latest day is no day."),
    "crossed_bounds": _("The least is more than the most."),
    "no_decimals": _("Say how many digits after the point."),
    "no_columns": _("The table has no column to fill in."),
    "required_in_empty": _(
        "The answer is required, but only if there is a row: the table may stay empty."
    ),
    "test_failed": _("The test “%(name)s” does not give what is expected."),
}
BROKEN_WORDS: dict[str, Any] = {
    "too_deep": _("it is nested too deep"),
    "no_object": _("a group of named values is expected here"),
    "no_list": _("a list is expected here"),
    "too_many": _("these are too many"),
    "no_text": _("a text is expected here"),
    "bad_text": _("the text is too long or has signs that are none"),
    "bad_key": _("names have small letters, digits and underscores, and begin with a letter"),
    "bad_number": _("the number is none, or too small or too large"),
    "no_flag": _("true or false is expected here"),
    "unknown": _("this word is not known"),
    "double": _("the name is taken already"),
    "empty": _("something is missing here"),
    "operands": _("there are too few or too many values to compute"),
    "no_such_field": _("there is no such question"),
    "no_json": _("it is no JSON"),
    "too_large": _("the file is too large"),
}
EDIT_WORDS: dict[str, Any] = {
    "no_such_field": _("This question is not in the form any more."),
    "no_such_page": _("This page is not in the form any more."),
    "page_not_empty": _(
        "Move its questions away first; a form keeps at least one page and heading."
    ),
    "bad_key": _(
        "Short names have small letters, digits and underscores, begin with a letter, and stand only once."
    ),
}

PROPERTY_WORDS: dict[str, Any] = {
    "title": _("Title"),
    "intro": _("Introduction"),
    "label": _("Question"),
    "help": _("Help"),
    "kind": _("Kind"),
    "required": _("Needed"),
    "sealed": _("Sealed"),
    "options": _("Answers"),
    "as_list": _("As a list"),
    "least": _("Least"),
    "most": _("Most"),
    "longest": _("Longest"),
    "decimals": _("Decimals"),
    "unit": _("Unit"),
    "lean": _("Year meant"),
    "min_rows": _("Least rows"),
    "max_rows": _("Most rows"),
    "no_doubles": _("No two alike"),
    "max_files": _("Most files"),
    "root": _("Below which place"),
    "known_from": _("Known from"),
    "topic": _("Topic"),
    "scene": _("Scene"),
    "basis": _("Basis"),
    "result": _("Shows"),
    "rounding": _("Rounding"),
    "show": _("When it is asked"),
    "compute": _("What is computed"),
    "page": _("Page"),
}
STEP_WORDS: dict[str, Any] = {
    "begun": _("Begun"),
    "imported": _("Saved whole by a program"),
    "add": _("Question added"),
    "column": _("Column added"),
    "copy": _("Question copied"),
    "up": _("Moved up"),
    "down": _("Moved down"),
    "remove": _("Question taken out"),
    "field": _("Question changed"),
    "page": _("Page added"),
    "section": _("Heading added"),
    "name": _("Titles changed"),
    "head": _("Title and introduction changed"),
    "page_up": _("Page moved up"),
    "page_down": _("Page moved down"),
    "page_remove": _("Page taken out"),
    "section_remove": _("Heading taken out"),
    "returned": _("Earlier save brought back"),
}


def told_finding(finding: Finding) -> str:
    """Return what the lint found, in the reader's words."""
    params = dict(finding.params)
    for name, words in (
        ("what", TEXTS),
        ("language", LANGUAGES),
        ("asks", ASKS),
        ("gives", SORTS),
        ("wanted", SORTS),
    ):
        if name in params:
            params[name] = words.get(params[name], params[name])
    text = str(FINDING_WORDS[finding.code]) % params
    return text[:1].upper() + text[1:]


def told_broken(code: str) -> str:
    """Return why JSON is no form."""
    return str(BROKEN_WORDS.get(code, BROKEN_WORDS["unknown"]))
