"""Words in two languages: find them, keep the Chinese beside each app, compile, tell what is missing.

Message ids are English. The Chinese of an app is in <app>/locale/zh_Hans/LC_MESSAGES/django.po;
the .mo beside it is made from it and never committed.
"""

from __future__ import annotations

import io
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.reloader import translation_file_changed

PACKAGE = Path(__file__).resolve().parents[1]
LANGUAGE = "zh_Hans"
METHODS = [("**/tests/**", "ignore"), ("**/jinja2/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"**/jinja2/**.html": {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}}
# name of a function → which of its arguments are messages, as Babel writes it
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    # gettext, where `_` is gettext_lazy
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACE = re.compile(r"%\((\w+)\)[sd]")
STRAY = re.compile(r"%(?!\(\w+\)[sd]|%)")
HEADER = "# Chinese of linli.{app}. Message ids are found by `linli words extract`."


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a translation."""

    app: str
    message: str
    what: str

    def __str__(self) -> str:
        return f"{self.app}: “{self.message}”: {self.what}"


def apps(package: Path = PACKAGE) -> list[str]:
    """Return the apps that may have words: every package with code of its own."""
    return sorted(p.parent.name for p in package.glob("*/__init__.py"))


def po_path(app: str, package: Path = PACKAGE) -> Path:
    """Return where the Chinese of an app is kept."""
    return package / app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def found_in(app: str, package: Path = PACKAGE) -> Catalog:
    """Return the messages of an app's code and templates."""
    catalog = Catalog(locale=LANGUAGE, domain="django")
    found = extract_from_dir(
        package / app, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=["Words:"]
    )
    for name, line, message, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        where = [(f"{app}/{name}", line)]
        catalog.add(message, None, where, auto_comments=comments, context=context)
    return catalog


def kept_in(path: Path) -> Catalog:
    """Return a catalogue as it is on disk; an empty one if there is none yet."""
    if not path.exists():
        return Catalog(locale=LANGUAGE, domain="django")
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, domain="django")


def extract(app: str, package: Path = PACKAGE) -> Path | None:
    """Bring the .po of an app up to date; what is no longer asked for goes. None without words."""
    found, path = found_in(app, package), po_path(app, package)
    if not len(found):
        return None
    kept = kept_in(path)
    kept.update(found, no_fuzzy_matching=True)
    kept.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_written(kept, app), encoding="utf-8")
    return path


def _written(catalog: Catalog, app: str) -> str:
    """Return the file without dates and line numbers, so that a change shows words alone."""
    out = io.BytesIO()
    write_po(out, catalog, width=100, omit_header=True, include_lineno=False)
    head = (
        f"{HEADER.format(app=app)}\n"
        'msgid ""\nmsgstr ""\n"Language: zh_Hans\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    )
    return head + out.getvalue().decode()


def compile_stale(package: Path = PACKAGE) -> list[Path]:
    """Make each .mo that is older than its .po; several processes may do this at once."""
    made = []
    for path in sorted(package.glob(f"*/locale/{LANGUAGE}/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".new")
        with os.fdopen(handle, "wb") as file:
            write_mo(file, kept_in(path))
        Path(name).chmod(0o644)
        Path(name).replace(target)
        made.append(target)
    for path in made[:1]:
        # whatever this process read before is read anew
        translation_file_changed(None, path)
    return made


def faults(package: Path = PACKAGE, only: str = "") -> list[Fault]:
    """Return all that is missing, outdated or wrong, app by app."""
    names = [only] if only else apps(package)
    wrong = [fault for app in names for fault in _faults_of(app, package)]
    return wrong if only else [*wrong, *contradictions(package)]


def _faults_of(app: str, package: Path) -> Iterator[Fault]:
    found, kept = found_in(app, package), kept_in(po_path(app, package))
    for message in _messages(found):
        yield from _faults_of_id(app, message)
        known = kept.get(message.id, context=message.context)
        if known is None:
            yield Fault(app, _first(message), "not in the .po; run `linli words extract`")
        else:
            yield from _faults_of_words(app, known)
    for message in _messages(kept):
        if found.get(message.id, context=message.context) is None:
            yield Fault(app, _first(message), "no longer in the code; run `linli words extract`")


def _faults_of_id(app: str, message: Message) -> Iterator[Fault]:
    for text in _ids(message):
        if STRAY.search(text):
            yield Fault(app, text, "a literal % is written %%")
        if "’" in text:
            yield Fault(app, text, "write a straight apostrophe: Chinese faces set ’ full width")


def _faults_of_words(app: str, message: Message) -> Iterator[Fault]:
    given = message.string
    texts = [str(t or "") for t in (given if isinstance(given, (list, tuple)) else [given])]
    if not all(texts):
        yield Fault(app, _first(message), "has no Chinese")
        return
    if message.fuzzy:
        yield Fault(app, _first(message), "is marked fuzzy")
    wanted = set(PLACE.findall(_ids(message)[-1]))
    for text in texts:
        if set(PLACE.findall(text)) != wanted:
            yield Fault(app, _first(message), f"placeholders differ in “{text}”")
        if STRAY.search(text):
            yield Fault(app, _first(message), f"a literal % is written %% in “{text}”")
        if _first(message).endswith(".") and text.endswith("."):
            yield Fault(app, _first(message), "the Chinese ends with 。 and not with a dot")


def contradictions(package: Path = PACKAGE) -> list[Fault]:
    """Return one English with two Chinese: the apps share one catalogue at run time."""
    return list(_contradictions(package))


def _contradictions(package: Path) -> Iterator[Fault]:
    said: dict[tuple[object, str], tuple[str, str]] = {}
    for app in apps(package):
        for message in _messages(kept_in(po_path(app, package))):
            text = str(message.string)
            other, before = said.setdefault((message.context, _first(message)), (app, text))
            if before != text and all((before, text)):
                what = f"is “{before}” in {other} and “{text}” here; use pgettext"
                yield Fault(app, _first(message), what)


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, (list, tuple)) else (str(message.id),)


def _first(message: Message) -> str:
    return _ids(message)[0]
