"""Checks every page template: it parses, carries no script or style inline, asks nothing twice.

A form with fields and several buttons says what the Enter key does (`enter` of ui/parts/forms.html):
a browser presses the first button, which may be a small one in the middle or decide something.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

PACKAGE = Path(__file__).parent.parent / "linli"
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=\"|hx-on|(?<!\")\|\s*safe\b|javascript:"
)
POST = re.compile(r"<form\b[^>]*method=\"post\"[^>]*>(.*?)</form>", re.DOTALL | re.IGNORECASE)
MOST_LINES = 150
PARTS = re.compile(r"\{%-?\s*include\s+\"([^\"]+)\"[^%]*%\}")
FORM = re.compile(
    r"(?:<form\b(?![^>]*method=\"get\")|\bform_start\().*?(?:</form>|\bform_end\()", re.DOTALL
)
TAG = re.compile(r"<button\b[^>]*>|(?<![\w])button\(|\bkept=(?!false)[a-z]")
TYPED = re.compile(
    r"\bfields?\(|_field\(|<input(?![^>]*type=\"(?:hidden|checkbox|radio|file|submit)\")"
)
SAYS_ENTER = re.compile(r"\bon_enter=|\benter\(|\bfiles=true")


def whole(path: Path, depth: int = 4) -> str:
    """Return a template with the parts it includes, as the browser will see them."""

    def part(found: re.Match[str]) -> str:
        at = PACKAGE / found[1].split("/")[0] / "jinja2" / found[1]
        return whole(at, depth - 1) if depth and at.exists() else ""

    return PARTS.sub(part, path.read_text(encoding="utf-8"))


def is_open_what_enter_does(form: str) -> bool:
    """Say if a form has fields and several buttons, and does not say which one Enter presses."""
    buttons = [tag for tag in TAG.findall(form) if 'type="button"' not in tag]
    return len(buttons) > 1 and bool(TYPED.search(form)) and not SAYS_ENTER.search(form)


def faults(path: Path, env: Environment) -> list[str]:
    text = path.read_text(encoding="utf-8")
    found = []
    try:
        env.parse(text)
    except TemplateSyntaxError as error:
        found.append(f"line {error.lineno}: {error.message}")
    for number, line in enumerate(text.splitlines(), 1):
        if INLINE.search(line):
            found.append(f"line {number}: inline script, style or unescaped text")
    for form in POST.findall(text):
        if "csrf" not in form and "ui/parts" not in str(path):
            found.append("a POST form without csrf_input")
    if "ui/parts" not in str(path) and any(map(is_open_what_enter_does, FORM.findall(whole(path)))):
        found.append("a form of several buttons does not say what Enter does (on_enter=…)")
    if text.count("\n") > MOST_LINES:
        found.append(f"{text.count(chr(10))} lines; look for a part to take out")
    return [f"{path.relative_to(PACKAGE)}: {fault}" for fault in found]


def main() -> int:
    env = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    pages = sorted(PACKAGE.glob("*/jinja2/**/*.html"))
    found = [fault for path in pages for fault in faults(path, env)]
    sys.stdout.write("\n".join([*found, f"{len(pages)} templates, {len(found)} faults"]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
