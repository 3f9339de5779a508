"""Certificates of electronic seals: trusted, false for certain, or not to be judged here. No table is touched."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from linli.documents.queries.trust import as_der, as_pem
from linli.documents.rules.chains import Trust, judge
from linli.documents.rules.papers import is_of_time
from linli.documents.types import Sealing
from linli.exchange.clients.seals_authority import certificate

AT = datetime(2026, 11, 24, 4, 3, tzinfo=UTC)
DAY = timedelta(days=1)


def new_key() -> Any:
    return ec.generate_private_key(ec.SECP256R1())


ROOT_KEY, MIDDLE_KEY, KEY, OTHER_KEY = (new_key() for _one in range(4))
ROOT = certificate("根", ROOT_KEY, "根", ROOT_KEY, AT, is_authority=True)
OTHER_ROOT = certificate("另根", OTHER_KEY, "另根", OTHER_KEY, AT, is_authority=True)
MIDDLE = certificate("中间", MIDDLE_KEY, "根", ROOT_KEY, AT, is_authority=True)
LEAF = certificate("示范一村村民委员会", KEY, "中间", MIDDLE_KEY, AT)
TRUST = Trust((ROOT, OTHER_ROOT))


def sealing(*chain: x509.Certificate, key: Any = KEY, at: datetime = AT) -> Sealing:
    """Return what a service signs with this key and sends with these certificates."""
    der = tuple(one.public_bytes(Encoding.DER) for one in chain)
    made = Sealing("DZ-2026-0001", "a" * 64, "b" * 64, at, "", der)
    if isinstance(key, rsa.RSAPrivateKey):
        signed = key.sign(made.text, padding.PKCS1v15(), SHA256())
    elif isinstance(key, ed25519.Ed25519PrivateKey):
        signed = key.sign(made.text)
    else:
        signed = key.sign(made.text, ec.ECDSA(SHA256()))
    return replace(made, signature=b64encode(signed).decode())


def verdict(given: Sealing, trust: Trust = TRUST) -> tuple[str, str]:
    found = judge(given, trust)
    return found.verdict.value, found.why


def taken_back(
    one: x509.Certificate, at: datetime, issuer: str = "中间", by: Any = MIDDLE_KEY
) -> x509.CertificateRevocationList:
    entry = x509.RevokedCertificateBuilder().serial_number(one.serial_number).revocation_date(at)
    name = certificate(issuer, KEY, issuer, KEY, AT).subject
    listing = x509.CertificateRevocationListBuilder().issuer_name(name).last_update(AT)
    return listing.next_update(AT + DAY).add_revoked_certificate(entry.build()).sign(by, SHA256())


def test_a_chain_that_leads_to_a_root_here_is_trusted_and_says_by_whom() -> None:
    found = judge(sealing(LEAF, MIDDLE), TRUST)

    assert (found.verdict, found.why) == ("trusted", "")
    assert (found.holder, found.issuer) == ("示范一村村民委员会", "中间")
    assert found.serial == f"{LEAF.serial_number:X}"
    assert verdict(sealing(LEAF, MIDDLE, ROOT)) == ("trusted", "")
    assert as_der(as_pem(sealing(LEAF, MIDDLE).chain)) == sealing(LEAF, MIDDLE).chain


def test_a_seal_by_rsa_is_read_and_a_method_that_is_not_stays_open() -> None:
    key = rsa.generate_private_key(65537, 2048)
    by_rsa = certificate("印章", key, "根", ROOT_KEY, AT)
    odd = ed25519.Ed25519PrivateKey.generate()
    by_odd = certificate("印章", odd, "根", ROOT_KEY, AT)

    assert verdict(sealing(by_rsa, key=key)) == ("trusted", "")
    assert verdict(sealing(by_odd, key=odd)) == ("unknown", "other_method")


def test_what_cannot_be_known_here_stays_unknown() -> None:
    whole = sealing(LEAF, MIDDLE)

    assert verdict(sealing()) == ("unknown", "no_chain")
    assert verdict(whole, Trust()) == ("unknown", "no_roots")
    assert verdict(whole, Trust((OTHER_ROOT,))) == ("unknown", "other_root")
    assert verdict(sealing(LEAF)) == ("unknown", "other_root"), "the one between is missing"
    assert verdict(replace(whole, chain=(b"no certificate",))) == ("unknown", "unreadable")


def test_who_may_only_seal_vouches_for_nobody() -> None:
    under = certificate("别村", OTHER_KEY, "示范一村村民委员会", KEY, AT)

    assert verdict(sealing(under, LEAF, MIDDLE, key=OTHER_KEY)) == ("unknown", "other_root")


def test_what_is_wrong_for_certain_is_false() -> None:
    ended = certificate("印章", KEY, "中间", MIDDLE_KEY, AT, until=AT - DAY)
    unborn = certificate("印章", KEY, "中间", MIDDLE_KEY, AT + timedelta(days=400))
    stranger = certificate("印章", KEY, "中间", OTHER_KEY, AT)
    whole = sealing(LEAF, MIDDLE)

    assert verdict(sealing(ended, MIDDLE)) == ("false", "not_in_time")
    assert verdict(sealing(unborn, MIDDLE)) == ("false", "not_in_time")
    assert verdict(sealing(stranger, MIDDLE)) == ("false", "broken")
    assert verdict(sealing(MIDDLE, ROOT, key=MIDDLE_KEY)) == ("false", "wrong_use")
    assert verdict(sealing(LEAF, MIDDLE, key=OTHER_KEY)) == ("false", "not_signed")
    for change in ({"number": "DZ-2026-0002"}, {"sealed_sha256": "c" * 64}, {"signature": "?"}):
        assert verdict(replace(whole, **change)) == ("false", "not_signed"), change  # type: ignore[arg-type]


def test_a_certificate_counts_as_of_the_sealing_not_of_today() -> None:
    ended = certificate("印章", KEY, "中间", MIDDLE_KEY, AT, until=AT + DAY)

    assert verdict(sealing(ended, MIDDLE)) == ("trusted", "")
    assert verdict(sealing(ended, MIDDLE, at=AT + 2 * DAY)) == ("false", "not_in_time")


@pytest.mark.parametrize(
    ("told", "came"),
    [
        (taken_back(LEAF, AT - DAY), ("false", "revoked")),
        (taken_back(LEAF, AT + DAY), ("trusted", "")),
        (taken_back(MIDDLE, AT - DAY, "根", ROOT_KEY), ("false", "revoked")),
        # a list in the issuer's name that the issuer did not sign, and one of somebody else
        (taken_back(LEAF, AT - DAY, by=OTHER_KEY), ("trusted", "")),
        (taken_back(LEAF, AT - DAY, "另根", OTHER_KEY), ("trusted", "")),
    ],
)
def test_a_list_of_its_own_issuer_takes_it_back_from_its_day_on(
    told: x509.CertificateRevocationList, came: tuple[str, str]
) -> None:
    assert verdict(sealing(LEAF, MIDDLE), replace(TRUST, lists=(told,))) == came


def test_a_seal_is_made_between_its_asking_and_now() -> None:
    asked, now = AT, AT + timedelta(hours=2)

    assert is_of_time(AT + timedelta(hours=1), asked, now)
    assert is_of_time(AT - timedelta(minutes=20), asked, now), "clocks differ a little"
    assert not is_of_time(AT - DAY, asked, now)
    assert not is_of_time(AT + DAY, asked, now)
