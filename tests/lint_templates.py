"""Checks every page template: it parses, carries no script or style inline, asks nothing twice."""

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
