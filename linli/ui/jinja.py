"""The one environment of our pages: what every template may use."""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import cache
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.templatetags.static import static
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from linli.kernel.addresses import address_of
from linli.kernel.web import is_open_page
from linli.ui import charts, formats, masks
from linli.ui.columns import col, tick_col
from linli.ui.doers import doer
from linli.ui.qr import qr_svg
from linli.ui.shapes import shape_of


def url(name: str, *args: object, **query: object) -> str:
    """Return the address of a named page in the reader's language; None leaves a query part out."""
    to = address_of(name, *args)
    given = [(key, value) for key, value in query.items() if value not in (None, "")]
    return f"{to}?{urlencode(given, doseq=True)}" if given else to


@cache
def asset(path: str) -> str:
    """Return the address of a file of ours; the name carries its hash in service."""
    return static(path)


@cache
def icon_svg(name: str, kind: str = "") -> Markup:
    """Return an icon of ui/icons.svg; drawn a hundred times a page, so made once."""
    return Markup(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>'
    ).format(f"ll-i {kind}".strip(), asset("ui/icons.svg"), name)


def idem_input() -> Markup:
    """Return the hidden field by which a second sending of the same form does nothing."""
    return Markup('<input type="hidden" name="key" value="{}">').format(uuid4())


def lang() -> str:
    """Return the reader's language as in addresses: zh-hans or en."""
    return get_language() or "zh-hans"


def named(thing: Any) -> str:
    """Return the name or title of a thing with `name` and `name_en`, or `title` and `title_en`, in the reader's language."""
    kind = "name" if hasattr(thing, "name") else "title"
    english = getattr(thing, f"{kind}_en", "")
    return str(getattr(thing, kind) if formats.is_chinese() or not english else english)


class Pages(Environment):
    """Templates know what their environment knows and nothing by themselves.

    The library lays an empty map of each template's own over that, and goes through both for every
    import on a page: a ninth of the calls of Python that a village's home takes.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template knows."""
        return super().make_globals(d) if d else self.globals


def environment(**options: Any) -> Environment:
    """Return the one environment; a misspelt name fails instead of printing nothing."""
    given = {key: value for key, value in options.items() if key not in ("autoescape", "undefined")}
    env = Pages(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        # all stay: there are more of them than the library keeps by itself, and compiling takes long
        cache_size=-1,
        **given,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.globals.update(
        url=url,
        icon_svg=icon_svg, static=asset, idem_input=idem_input, lang=lang, today=localdate, qr_svg=qr_svg, is_open_page=is_open_page,
        col=col, tick_col=tick_col, bars_of=charts.bars, trend_of=charts.trend, map_of=charts.outlines,
    )  # fmt: skip
    env.filters.update(
        day=formats.day, days_in=formats.days_in, day_plain=formats.day_plain, day_short=formats.day_short,
        weekday=formats.weekday, month=formats.month, clock=formats.clock, clocks=formats.clocks, hours_of=formats.hours_of, span=formats.span, span_short=formats.span_short,
        moment=formats.moment, moment_short=formats.moment_short, unbroken=formats.unbroken, hours=formats.hours_told,
        from_today=formats.from_today, day_with_distance=formats.day_with_distance,
        label=formats.label, listed=formats.listed, clauses=formats.clauses, statements=formats.statements,
        number=formats.number, percent=formats.percent, money=formats.money,
        file_size=formats.file_size, mask_id=masks.mask_id, mask_phone=masks.mask_phone,
        mask_account=masks.mask_account, mask_name=masks.mask_name, named=named, doer=doer, month_name=formats.month_name, shape=shape_of,
    )  # fmt: skip
    return env
