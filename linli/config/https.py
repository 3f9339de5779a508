"""Plain HTTP behind HTTPS: whose word on it counts, and where it is sent.

What a proxy says of a request (whether it came by HTTPS, from which address) is believed if it comes from one
of the proxies that were named; from anybody else it is taken out, so that `is_secure` and `client_address`
go by the connection itself. A header `X_Forwarded_For` stands under the same name as `X-Forwarded-For` here: only a
proxy that lets none with an underscore through can be believed (docs/howto/run-for-real.md).
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

SAID_BY_PROXIES = ("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_FOR")
MOVED, MOVED_WITH_BODY = 301, 308
Network = IPv4Network | IPv6Network


def https(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Take out what no proxy of ours said; send plain HTTP on to HTTPS where that is set."""
    trusted = [ip_network(one) for one in settings.LINLI_TRUSTED_PROXIES]

    def middleware(request: HttpRequest) -> HttpResponse:
        said = [name for name in SAID_BY_PROXIES if name in request.META]
        if said and not is_among(request.META.get("REMOTE_ADDR", ""), trusted):
            for name in said:
                del request.META[name]
        if settings.LINLI_HTTPS_REDIRECT and not request.is_secure():
            return _sent_on(request)
        return get_response(request)

    return middleware


def is_among(address: str, networks: list[Network]) -> bool:
    """Say whether an address is of one of the networks; one that cannot be read is of none."""
    try:
        at = ip_address(address)
    except ValueError:
        return False
    if isinstance(at, IPv6Address) and at.ipv4_mapped is not None:
        at = at.ipv4_mapped
    return any(at in network for network in networks)


def _sent_on(request: HttpRequest) -> HttpResponse:
    """Lead to the same address over HTTPS; what has a body is sent there again as it was."""
    host, public = urlsplit(f"//{request.get_host()}").hostname, urlsplit(settings.LINLI_PUBLIC_URL)
    netloc = public.netloc if public.hostname == host else f"[{host}]" if ":" in str(host) else host
    status = MOVED if request.method in ("GET", "HEAD") else MOVED_WITH_BODY
    response = HttpResponse(status=status)
    response["Location"] = f"https://{netloc}{request.get_full_path()}"
    return response
