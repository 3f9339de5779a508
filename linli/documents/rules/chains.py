"""The certificate of an electronic seal: whom it leads to, whether it held when the paper was sealed.

What is wrong for certain (a signature that does not fit, an end before the sealing, a certificate that
may not seal, one that was taken back) is false. What cannot be known here (no chain, no roots, another
root, a method that this house does not read, such as SM2) stays unknown: nothing is guessed.
Basis: X.509 (RFC 5280) as read by the library `cryptography`.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    Policy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from linli.documents.types import Judged, Sealing, Verdict

# stable words: why a chain is false, or why it stays unknown
NOT_SIGNED, BROKEN, NOT_IN_TIME, WRONG_USE, REVOKED = (
    "not_signed", "broken", "not_in_time", "wrong_use", "revoked",
)  # fmt: skip
NO_CHAIN, UNREADABLE, OTHER_METHOD, NO_ROOTS, OTHER_ROOT = (
    "no_chain", "unreadable", "other_method", "no_roots", "other_root",
)  # fmt: skip
MOST_BETWEEN = 4


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom this house trusts: root certificates, and the lists of what was taken back."""

    roots: tuple[x509.Certificate, ...] = ()
    lists: tuple[x509.CertificateRevocationList, ...] = field(default=(), repr=False)


class _False(Exception):
    """The chain is false for this reason."""


class _Unknown(Exception):
    """The chain cannot be judged here, for this reason."""


def judge(sealing: Sealing, trust: Trust) -> Judged:
    """Return what is to be thought of the certificate behind a seal, as of the moment of sealing."""
    if not sealing.chain:
        return Judged(Verdict.UNKNOWN, NO_CHAIN)
    try:
        chain = [x509.load_der_x509_certificate(one) for one in sealing.chain]
        holder, issuer = _name(chain[0].subject), _name(chain[0].issuer)
        serial = f"{chain[0].serial_number:X}"
    except (ValueError, UnsupportedAlgorithm):
        return Judged(Verdict.UNKNOWN, UNREADABLE)
    verdict, why = Verdict.TRUSTED, ""
    try:
        _check(sealing, chain, trust)
    except _False as false:
        verdict, why = Verdict.FALSE, str(false)
    except _Unknown as unknown:
        verdict, why = Verdict.UNKNOWN, str(unknown)
    return Judged(verdict, why, holder, issuer, serial)


def _check(sealing: Sealing, chain: list[x509.Certificate], trust: Trust) -> None:
    at = sealing.sealed_at.astimezone(UTC)
    try:
        if not _may_seal(chain[0]):
            raise _False(WRONG_USE)
        if not all(one.not_valid_before_utc <= at <= one.not_valid_after_utc for one in chain):
            raise _False(NOT_IN_TIME)
        _check_links(chain)
        _check_signature(chain[0], sealing)
        if any(_was_revoked(one, chain + list(trust.roots), trust, at) for one in chain):
            raise _False(REVOKED)
        _check_root(chain, trust, at)
    except UnsupportedAlgorithm:
        raise _Unknown(OTHER_METHOD) from None
    except ValueError:
        raise _Unknown(UNREADABLE) from None


def _may_seal(leaf: x509.Certificate) -> bool:
    """A certificate of a seal signs (digitalSignature, or contentCommitment) and issues no others."""
    try:
        use = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return (use.digital_signature or use.content_commitment) and not use.key_cert_sign


def _check_links(chain: Sequence[x509.Certificate]) -> None:
    for child, parent in pairwise(chain):
        try:
            child.verify_directly_issued_by(parent)
        except (InvalidSignature, TypeError, ValueError):
            raise _False(BROKEN) from None


def _check_signature(leaf: x509.Certificate, sealing: Sealing) -> None:
    key: Any = leaf.public_key()
    try:
        signature = b64decode(sealing.signature, validate=True)
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, sealing.text, padding.PKCS1v15(), SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, sealing.text, ec.ECDSA(SHA256()))
        else:
            raise _Unknown(OTHER_METHOD)
    except (InvalidSignature, binascii.Error):
        raise _False(NOT_SIGNED) from None


def _was_revoked(
    one: x509.Certificate, issuers: Sequence[x509.Certificate], trust: Trust, at: datetime
) -> bool:
    """Say whether a list that its own issuer signed took a certificate back by then."""
    for told in trust.lists:
        if told.issuer != one.issuer:
            continue
        keys: list[Any] = [by.public_key() for by in issuers if by.subject == told.issuer]
        if not any(told.is_signature_valid(key) for key in keys):
            continue
        entry = told.get_revoked_certificate_by_serial_number(one.serial_number)
        if entry is not None and entry.revocation_date_utc <= at:
            return True
    return False


def _check_root(chain: Sequence[x509.Certificate], trust: Trust, at: datetime) -> None:
    if not trust.roots:
        raise _Unknown(NO_ROOTS)
    # what the certificate of a seal says of itself is looked at above; web names are none of its matters
    own = ExtensionPolicy.permit_all()
    over = own.require_present(x509.BasicConstraints, Criticality.AGNOSTIC, _is_authority)
    over = over.may_be_present(x509.KeyUsage, Criticality.AGNOSTIC, _signs_others)
    policy = PolicyBuilder().store(Store(list(trust.roots))).time(at)
    policy = policy.max_chain_depth(MOST_BETWEEN)
    policy = policy.extension_policies(ca_policy=over, ee_policy=own)
    try:
        policy.build_client_verifier().verify(chain[0], list(chain[1:]))
    except VerificationError:
        raise _Unknown(OTHER_ROOT) from None


def _is_authority(_policy: Policy, _of: x509.Certificate, said: x509.BasicConstraints) -> None:
    if not said.ca:
        raise ValueError("issues no certificates")


def _signs_others(_policy: Policy, _of: x509.Certificate, said: x509.KeyUsage | None) -> None:
    if said is not None and not said.key_cert_sign:
        raise ValueError("signs no certificates")


def _name(name: x509.Name) -> str:
    """Return what a certificate calls somebody, as people read it."""
    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        if found := name.get_attributes_for_oid(oid):
            return str(found[0].value)
    return name.rfc4514_string()
