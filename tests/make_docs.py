"""Makes what is read off the code: map, permits, demands, states, decisions, the API, the sheet of pages."""

from __future__ import annotations

import ast
import json
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
DOCS, PACKAGE = ROOT / "docs", ROOT / "linli"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")


def documents() -> dict[Path, str]:
    """Return every generated document as it should be."""
    import django

    django.setup()
    from django.utils import translation

    from linli.ui import words
    from tests import kit_sheet

    words.compile_stale()
    with translation.override("en"):
        return {
            DOCS / "map.md": the_map(),
            DOCS / "access.md": access(),
            DOCS / "compliance.md": compliance(),
            DOCS / "adr" / "README.md": decisions(),
            DOCS / "openapi.json": api_contract(),
            **states(),
            DOCS / "kinds.md": kinds(),
            kit_sheet.PART: kit_sheet.sheet(),
        }


def apps() -> list[list[str]]:
    """The apps from the top, in the order of the contract on imports; one row may hold several."""
    lines = (ROOT / ".importlinter").read_text().split("[importlinter:contract:apps]")[1]
    rows = lines.split("layers =")[1].split("ignore_imports")[0].splitlines()
    names = [re.findall(r"linli\.(\w+)", row) for row in rows]
    return [[name for name in row if (PACKAGE / name).exists()] for row in names if row]


def owned(app: str) -> str:
    """The lines Owns/States/Asks/Never of an app."""
    return ast.get_docstring(ast.parse((PACKAGE / app / "__init__.py").read_text())) or ""


def the_map() -> str:
    """The map: the written head, then the picture and the table."""
    head = (DOCS / "map.head.md").read_text()
    picture = "\n".join(["```text", *(" | ".join(row) for row in apps() if row), "```"])
    rows = ["| app | what it is for | owns | never |", "| --- | --- | --- | --- |"]
    for line in apps():
        for app in line:
            words = owned(app)
            first = words.split("\n")[0]
            rows.append(f"| `{app}` | {first} | {_part(words, 'Owns')} | {_part(words, 'Never')} |")
    return (
        f"{head}\n## The picture\n\nImports go downwards only.\n\n{picture}\n\n## The apps\n\n"
        + "\n".join(rows)
        + "\n"
    )


def _part(words: str, name: str) -> str:
    """The text after `Owns:` up to the next such word."""
    taken, on = [], False
    for line in words.splitlines():
        if line.startswith(f"{name}:"):
            on, line = True, line[len(name) + 1 :]
        elif line[:1].isupper() and ":" in line.split(" ")[0]:
            on = False
        if on:
            taken.append(line.strip())
    return " ".join(" ".join(taken).split())


def access() -> str:
    """Every permit by app, every template of rights, every open address with its reason."""
    from linli.access import templates_of_rights as templates
    from linli.kernel.permits import PERMITS
    from tests.addresses import OPEN

    rows = ["# Access", "", "Code knows permits; posts give them at a place for a term. Made by `make docs`.", "",
            "## Permits", "", "| permit | what it allows | level |", "| --- | --- | --- |"]  # fmt: skip
    rows += [
        f"| `{p.name}` | {p.title} | {p.level} |"
        for p in sorted(PERMITS.values(), key=lambda p: p.name)
    ]
    rows += [
        "",
        "## Templates of rights",
        "",
        "| template | for | ceiling | permits |",
        "| --- | --- | --- | --- |",
    ]
    for entry in templates.TEMPLATES.values():
        held = ", ".join(f"`{name}`" for name in entry.permits)
        rows.append(f"| {entry.title} | {entry.text} | {entry.ceiling} | {held} |")
    rows += ["", "## Addresses open to everybody", "", "| address | why |", "| --- | --- |"]
    rows += [f"| `{address}` | {reason} |" for address, reason in sorted(OPEN.items())]
    return "\n".join(rows) + "\n"


def compliance() -> str:
    """The filing papers: a written head in which the lists of demands are filled in."""
    from linli.kernel.registries import KEPT_FOR_GOOD, RESIDENT_DEMANDS, RETENTION, STAFF_DEMANDS

    staff = [
        f"| {both(d.title)} | {d.asks} | {d.basis} | {d.period} | {d.seconds} "
        f"| {'可选 optional' if d.optional else '必填 required'} {d.scene}|"
        for d in sorted(STAFF_DEMANDS, key=lambda d: d.key)
    ]
    head = ["| 事项 · what | asks | 依据 · basis | 多久一次 · period | 秒 · seconds | |"]
    residents = [
        f"| {both(d.title)} | {both(d.data)} | {d.basis} | {both(d.kept)} |"
        for d in sorted(RESIDENT_DEMANDS, key=lambda d: d.key)
    ]
    text = (DOCS / "compliance.head.md").read_text()
    text = text.replace(
        "{{staff}}", "\n".join([*head, "| --- | --- | --- | --- | --- | --- |", *staff])
    )
    text = text.replace("{{residents}}", "\n".join(residents))
    terms = [
        f"| {both(e.title)} | {', '.join(f'`{t}`' for t in e.tables)} | {both(e.term)} | {e.basis} |"
        for e in sorted(RETENTION, key=lambda e: e.key)
    ]
    head = [
        "| 内容 · what | 数据表 · tables | 期限 · term | 依据 · basis |",
        "| --- | --- | --- | --- |",
    ]
    text = text.replace("{{retention}}", "\n".join([*head, *terms]))
    good = [
        f"| `{kept.key}` | {both(kept.because)} |"
        for kept in sorted(KEPT_FOR_GOOD, key=lambda k: k.key)
    ]
    head = ["| 数据表 · tables | 原因 · because |", "| --- | --- |"]
    return text.replace("{{for_good}}", "\n".join([*head, *good]))


def both(words: object) -> str:
    """A text in Chinese and English, for a table."""
    from django.utils import translation

    told = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            told.append(str(words))
    return " ".join(dict.fromkeys(told)).replace("|", "\\|")


def states() -> dict[Path, str]:
    """A drawing of every life cycle, by app."""
    from importlib import import_module

    from linli.kernel.states import Machine

    made = {}
    for path in sorted(PACKAGE.glob("*/states.py")):
        app = path.parent.name
        module = import_module(f"linli.{app}.states")
        found = {name: value for name, value in vars(module).items() if isinstance(value, Machine)}
        if not found:
            continue
        parts = [f"# States of {app}", "", "Made by `make docs` from `states.py`."]
        for name, machine in found.items():
            parts += ["", f"## {name}", "", "```mermaid", machine.mermaid(), "```"]
        made[DOCS / "states" / f"{app}.md"] = "\n".join(parts) + "\n"
    return made


def kinds() -> str:
    """What each kind of case declares: how it comes in, who sees it, and how long its words are kept."""
    from linli.cases.queries.kinds import all_kinds

    rows = [
        "| kind | series | comes in | opened at | opened by | seen by | least level | shown to everybody | words are kept |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for kind in all_kinds():
        assert kind.comes_in is not None and kind.keep is not None
        opens = f"`{kind.opens.name}`" if kind.opens else "anybody"
        cells = [
            f"{both(kind.title)} `{kind.name}`", kind.series, both(kind.comes_in.said),
            ", ".join(sorted(kind.opens_at)), opens, f"`{kind.sees.name}`", str(kind.floor),
            "once released" if kind.may_be_released else "never",
            f"{both(kind.keep.said)} ({kind.keep.basis})",
        ]  # fmt: skip
        rows.append(f"| {' | '.join(cells)} |")
    told = [
        "# Kinds of cases",
        "",
        "Made by `make docs` from what each app declares ([add-a-kind-of-case](howto/add-a-kind-of-case.md)).",
        "",
    ]
    return "\n".join([*told, *rows]) + "\n"


def api_contract() -> str:
    """What the JSON API takes and gives; a change of it shows in review."""
    from linli.config.api import api

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, default=str) + "\n"


def decisions() -> str:
    """The index of decisions."""
    rows = [
        "# Decisions",
        "",
        "One page each: context, decision, what it costs, when to look again.",
        "",
    ]
    for path in sorted((DOCS / "adr").glob("0*.md")):
        title = path.read_text().split("\n", 1)[0].lstrip("# ")
        rows.append(f"- [{title}]({path.name})")
    return "\n".join(rows) + "\n"


def main() -> int:
    for path, text in documents().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
