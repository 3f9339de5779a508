"""The apps of the product, lowest first, and where their pages and API hang."""

from __future__ import annotations

from importlib.util import find_spec

ORDER = (
    "ui",
    "runtime",
    "trail",
    "translog",
    "rulebook",
    "files",
    "formkit",
    "documents",
    "places",
    "people",
    "orgs",
    "notify",
    "access",
    "notices",
    "cases",
    "activities",
    "offerings",
    "grid",
    "exchange",
    "plan",
    "portal",
    "demo",
)


def _exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


OURS = tuple(f"linli.{name}" for name in ORDER if _exists(f"linli.{name}.apps"))
WITH_PAGES = tuple(name for name in OURS if _exists(f"{name}.urls"))
WITH_API = tuple(name for name in OURS if _exists(f"{name}.api"))
