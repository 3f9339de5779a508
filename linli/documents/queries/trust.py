"""Whom this house trusts with seals: certificates and lists that the operator laid into a folder."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.utils.translation import gettext as _

from linli.documents.rules.chains import Trust

FOLDER, ROOTS, LISTS = "seals", (".pem", ".crt", ".cer"), (".crl",)
PEM, PEM_LIST = b"-----BEGIN CERTIFICATE-----", b"-----BEGIN X509 CRL-----"


def trust() -> Trust:
    """Return the roots and lists as the folder holds them now; a file that cannot be read counts for nothing."""
    return _read(_state())[0]


def unread_roots() -> list[tuple[str, str]]:
    """Return (fault, what mends it) for each file of the folder that cannot be read."""
    unread = _read(_state())[1]
    mend = _(
        "Put a certificate (PEM or DER) or a revocation list (.crl) in its place, or take it away."
    )
    return [(_("%(name)s cannot be read") % {"name": name}, mend) for name in unread]


def as_pem(chain: tuple[bytes, ...]) -> str:
    """Return certificates as they are kept."""
    return "".join(ssl.DER_cert_to_PEM_cert(one) for one in chain)


def as_der(kept: str) -> tuple[bytes, ...]:
    """Return kept certificates as they came."""
    ends = "-----END CERTIFICATE-----\n"
    return tuple(ssl.PEM_cert_to_DER_cert(one + ends) for one in kept.split(ends) if one)


def _state() -> tuple[tuple[str, int, int], ...]:
    """What the folder holds: asked at each look, so that a new file counts at once."""
    folder = Path(settings.LINLI_HOME) / FOLDER
    if not folder.is_dir():
        return ()
    found = (one for one in sorted(folder.iterdir()) if one.suffix in (*ROOTS, *LISTS))
    return tuple((str(one), one.stat().st_mtime_ns, one.stat().st_size) for one in found)


@lru_cache(maxsize=4)
def _read(state: tuple[tuple[str, int, int], ...]) -> tuple[Trust, tuple[str, ...]]:
    roots: list[x509.Certificate] = []
    lists: list[x509.CertificateRevocationList] = []
    unread: list[str] = []
    for path in (Path(name) for name, _at, _size in state):
        try:
            content = path.read_bytes()
            if path.suffix in LISTS:
                lists.append(_list_in(content))
            else:
                roots += _certificates_in(content)
        except (OSError, ValueError):
            unread.append(path.name)
    return Trust(tuple(roots), tuple(lists)), tuple(unread)


def _certificates_in(content: bytes) -> Iterator[x509.Certificate]:
    if PEM in content:
        yield from x509.load_pem_x509_certificates(content)
    else:
        yield x509.load_der_x509_certificate(content)


def _list_in(content: bytes) -> x509.CertificateRevocationList:
    if PEM_LIST in content:
        return x509.load_pem_x509_crl(content)
    return x509.load_der_x509_crl(content)
