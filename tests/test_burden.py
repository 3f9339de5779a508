"""What is asked of staff and residents: pages without a form, and the list that a city files."""

from __future__ import annotations

import ast
import csv
import io
import json
from collections.abc import Iterator

from click.testing import CliRunner

from linli.cli.burden import burden
from linli.kernel.burden import check_burden, forms_by_demand
from linli.kernel.form_checks import faults_of_fields
from linli.kernel.registries import RESIDENT_DEMANDS, STAFF_DEMANDS
from linli.offerings.forms.hall import SentInForm
from linli.offerings.forms.window import CheckForm, WindowForm
from linli.offerings.queries.item_files import shipped_items
from linli.offerings.types.applications import ItemAsked, Material
from linli.ui.forms import Form
from tests.trees import PACKAGE, that_name, tree

# what views read from a sent page without a form, and why it is no question to anybody
WITHOUT_FORM = {
    **dict.fromkeys(("key", "version", "edition", "ticket", "KEPT_AGAIN", "next", "back", "table", "rows", "view", "told"), "comes with the page"),
    **dict.fromkeys(("passkey", "recovery", "permit", "read", "text"), "tells which form was sent"),
    **dict.fromkeys(("agree", "channel", "wanted", "skip", "stop", "move", "step", "keep", "relation", "to_official", "no_point", "more", "more_rows", "drop_answer", "deposit", "anyway", "from"), "a button or a choice"),
    **dict.fromkeys(("post", "subject", "place", "window", "month", "format", "indicator", "by_words", "gone", "item", "what"), "a choice of what is there"),
    **dict.fromkeys(("account", "pin", "badge"), "access.sign_in at the counter"),
    "end": "offerings.window: the last signs of a number tell two apart who are alike; not kept",
    "phone": "access.residents: the number by which an account is found",
    **dict.fromkeys(("name", "list_name"), "what somebody calls a view or a passkey of their own"),
    **dict.fromkeys(("reason", "reason_text"), "why sealed data are opened (GB/T 22239-2019 8.1.4.3)"),
    "f'all_{name}'": "people.list: which column is which",
    **dict.fromkeys(("page", "word"), "portal.feedback at the touch screen: a choice of words"),
    **dict.fromkeys(("channel", "wanted"), "a choice of ways for one's own messages"),
    **dict.fromkeys(("pick", "seen", "what"), "which rows of a list are meant"),
    **dict.fromkeys(("asked", "sure", "query", "form", "item_version"), "comes with the page"),
    **dict.fromkeys(("jurisdiction_id", "media"), "exchange: what the standard Open311 names"),
    **dict.fromkeys(("code", "drop"), "cases.follow: what opens a report, and a button"),
    "photos": "cases.report: photos are examined one by one, so that a broken one loses no other",
    **dict.fromkeys(("papers", "kept"), "cases.paper: examined one by one, kept through a mistake"),
    **dict.fromkeys(("button", "send", "sign", "strike"), "offerings.reporting: which button was pressed"),
    **dict.fromkeys(("more", "rows"), "cases.work: how many parts the page of a split shows"),
    "given": "formkit.builder: invented answers of a saved test",
    "draft": "formkit.builder: the code of what was filled in, to be kept as a test",
    "minutes": "activities.booking: asked by its form, read for the times beside one that was taken",
    "q": "a search", "file": "plan.town_plan_text", "files": "uploads of a form that is still open",
}  # fmt: skip


def read_without_form() -> Iterator[tuple[str, str]]:
    """Names that our views take from request.POST or request.FILES themselves."""

    def is_sent(node: ast.AST) -> bool:
        return isinstance(node, ast.Attribute) and node.attr in ("POST", "FILES")

    for path in that_name(sorted(PACKAGE.rglob("*.py")), ".POST", ".FILES"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(tree(path)):
            name: ast.AST | None = None
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                is_get = node.func.attr in ("get", "getlist") and is_sent(node.func.value)
                name = node.args[0] if is_get and node.args else None
            elif isinstance(node, ast.Subscript) and is_sent(node.value):
                name = node.slice
            elif isinstance(node, ast.Compare) and any(map(is_sent, node.comparators)):
                name = node.left
            if name is not None:
                said = str(name.value) if isinstance(name, ast.Constant) else ast.unparse(name)
                yield said, str(path.relative_to(PACKAGE))


def test_what_a_page_asks_without_a_form_is_explained() -> None:
    """Runtime reads whole requests for their fingerprint: those names are variables."""
    found = {
        (name, at) for name, at in read_without_form() if at != "runtime/middleware/idempotency.py"
    }

    unexplained = sorted((name, at) for name, at in found if name not in WITHOUT_FORM)

    assert unexplained == []
    assert sorted(set(WITHOUT_FORM) - {name for name, _at in read_without_form()}) == []


def test_every_form_of_ours_is_declared() -> None:
    assert [error.msg for error in check_burden(None)] == []


def forms_of_items() -> Iterator[Form]:
    """The forms of staff that get a field for each paper or question, made of all items we ship."""
    for content in shipped_items():
        asked = ItemAsked(str(content["key"]), 1, content)
        papers = [
            Material(str(one["key"]), one, "original", is_hers=True)
            for one in content.get("materials") or ()
        ]
        yield CheckForm(papers=papers)
        yield WindowForm(item=asked, papers=papers, places=[], is_known=False)
        yield SentInForm(asked=asked)


def test_fields_that_come_from_the_list_of_papers_of_an_item_are_declared() -> None:
    """The start-up check sees the fields of a class; those of papers and questions come with the data."""
    made = list(forms_of_items())

    assert any("brought_photo" in form.fields for form in made)
    assert sorted({f for form in made for f in faults_of_fields(type(form), form.fields)}) == []


def test_every_declared_demand_is_made_by_a_form() -> None:
    by_forms = forms_by_demand()

    idle = sorted(demand.key for demand in STAFF_DEMANDS if demand.key not in by_forms)

    # residents are also asked by staff at the counter, whose forms name the demand on staff
    assert idle == []
    assert set(by_forms) - {d.key for d in STAFF_DEMANDS} <= {d.key for d in RESIDENT_DEMANDS}


def test_the_list_of_what_is_asked_comes_as_text_json_and_csv() -> None:
    run = CliRunner()
    command = burden

    text = run.invoke(command, []).output
    found = json.loads(run.invoke(command, ["--json"]).output)
    rows = list(csv.DictReader(io.StringIO(run.invoke(command, ["--csv"]).output)))

    assert found["count"] == len(found["items"]) == len(STAFF_DEMANDS)
    assert len(rows) == len(STAFF_DEMANDS) + len(RESIDENT_DEMANDS)
    assert {row["of"] for row in rows} == {"staff", "residents"}
    seal = next(item for item in found["items"] if item["key"] == "documents.seal_book")
    assert seal["seconds"] == 45 and "documents.SealApplicationForm" in seal["forms"]
    assert all(item["basis"] and item["seconds"] and item["forms"] for item in found["items"])
    assert "access.own_data" in text and f"{len(STAFF_DEMANDS)} demands on staff" in text
