"""Certificates of the seal service that is none: a root and a seal of its own, made at the first use.

Its key lies in the table of simulators: it is worth nothing, for nobody but a demo trusts its root.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from linli.exchange.models import Simulated
from linli.exchange.types.connections import System

KIND, KEY = "authority", "chain"
ROOT_NAME, HOLDS = "示范电子印章根证书（模拟）", timedelta(days=3653)
BEFORE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Authority:
    """The key of the simulated seal, its certificate and that of its root, as PEM."""

    key: str
    leaf: str
    root: str

    @property
    def chain(self) -> list[str]:
        """The certificates as the contract sends them: base64 of DER, the seal's own first."""
        found = [x509.load_pem_x509_certificate(one.encode()) for one in (self.leaf, self.root)]
        return [b64encode(one.public_bytes(Encoding.DER)).decode() for one in found]

    def sign(self, text: bytes) -> str:
        key: Any = load_pem_private_key(self.key.encode(), password=None)
        return b64encode(key.sign(text, ec.ECDSA(SHA256()))).decode()


def authority(holder: str, at: datetime) -> Authority:
    """Return the authority of this demo, the same each time."""
    known = Simulated.objects.filter(system=System.SEALS, kind=KIND, key=KEY).first()
    if known is None:
        known = Simulated.objects.create(
            system=System.SEALS, kind=KIND, key=KEY, body=_made(holder, at), at=at
        )
    return Authority(**known.body)


def _made(holder: str, at: datetime) -> dict[str, str]:
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _one in range(2))
    root = certificate(ROOT_NAME, root_key, ROOT_NAME, root_key, at, is_authority=True)
    leaf = certificate(holder, key, ROOT_NAME, root_key, at)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    pem = {
        name: one.public_bytes(Encoding.PEM).decode()
        for name, one in (("leaf", leaf), ("root", root))
    }
    return {"key": private, **pem}


def certificate(
    holder: str, key: Any, issuer: str, by: Any, at: datetime, *, is_authority: bool = False,
    until: datetime | None = None,
) -> x509.Certificate:  # fmt: skip
    """Return a certificate for a key, signed by another or by itself, that holds around a moment."""
    usage = x509.KeyUsage(
        digital_signature=not is_authority, content_commitment=not is_authority, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=is_authority, crl_sign=is_authority,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    building = x509.CertificateBuilder().subject_name(_named(holder)).issuer_name(_named(issuer))
    building = building.public_key(key.public_key()).serial_number(x509.random_serial_number())
    building = building.not_valid_before(at - BEFORE).not_valid_after(until or at + HOLDS)
    building = building.add_extension(x509.BasicConstraints(is_authority, None), critical=True)
    return building.add_extension(usage, critical=True).sign(by, SHA256())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
