"""Every address of the site, from the resolver, and which of them are open to everybody."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# address without language → why nobody needs a sign-in for it; filled with the pages
OPEN: dict[str, str] = {}


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield (route without language, name) of every address."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        elif isinstance(entry, URLPattern):
            name = entry.name or ""
            space = entry.lookup_str.split(".")[1] if "." in entry.lookup_str else ""
            yield (
                route.split("/", 1)[1] if route.startswith(("zh-hans/", "en/")) else route,
                f"{space}:{name}",
            )
