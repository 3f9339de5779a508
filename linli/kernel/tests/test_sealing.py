"""Sealed fields, blind indexes, keys of persons, commitments."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import sealing
from linli.kernel.sealing import fields, ring, suites
from linli.kernel.sealing.keys import Keyring, new_ring

AT = "2026-11-24T09:00:00+08:00"
PLACE = {"table": "people_document", "column": "number", "row": 7}
RINGS = {name: new_ring(name, made_at=AT) for name in suites.SUITES}
suite_names = st.sampled_from(sorted(RINGS))


@pytest.fixture(params=sorted(RINGS), autouse=True)
def keys(request: pytest.FixtureRequest) -> Iterator[Keyring]:
    with ring.using(RINGS[request.param]):
        yield RINGS[request.param]


def test_sm3_and_sm4_give_the_values_of_the_standards() -> None:
    """Domain rules 13.5."""
    same = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    block = Cipher(algorithms.SM4(same), modes.ECB()).encryptor()

    assert suites.SM.digest(b"abc").hex() == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )
    assert (block.update(same) + block.finalize()).hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_gcm_gives_the_values_of_rfc_8998() -> None:
    sealed = suites.Sm4Gcm(bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")).encrypt(
        bytes.fromhex("00001234567800000000ABCD"),
        bytes.fromhex("".join(sign * 16 for sign in "ABCDEFEA")),
        bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2"),
    )

    assert sealed.hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )


def test_hmac_gives_the_value_of_rfc_4231() -> None:
    code = suites.INTL.mac(b"Jefe")

    assert code(b"what do ya want for nothing?").hex() == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


@given(name=suite_names, value=st.text(), row=st.one_of(st.integers(0), st.uuids().map(str)))
def test_what_was_sealed_opens_in_its_place(name: str, value: str, row: int | str) -> None:
    with ring.using(RINGS[name]):
        sealed = sealing.seal(value, table="t", column="c", row=row)

        assert sealing.open_sealed(sealed, table="t", column="c", row=row) == value


@given(name=suite_names, value=st.text(max_size=20), at=st.integers(0), bit=st.integers(0, 7))
def test_one_changed_bit_is_noticed(name: str, value: str, at: int, bit: int) -> None:
    with ring.using(RINGS[name]):
        sealed = bytearray(sealing.seal(value, **PLACE))
        sealed[at % len(sealed)] ^= 1 << bit

        with pytest.raises(sealing.KeyTrouble):
            sealing.open_sealed(bytes(sealed), **PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    [{"table": "people_contact"}, {"column": "phone"}, {"row": 8}],
)
def test_a_value_that_was_moved_does_not_open(elsewhere: dict[str, object]) -> None:
    sealed = sealing.seal("441900199001011234", **PLACE)

    with pytest.raises(sealing.SealBroken) as refusal:
        sealing.open_sealed(sealed, **{**PLACE, **elsewhere})

    assert "441900199001011234" not in repr(refusal.value.details)


@pytest.mark.parametrize("length", [0, 1, 5, 17, 32])
def test_a_text_that_is_too_short_is_refused(length: int) -> None:
    with pytest.raises(sealing.SealBroken):
        sealing.open_sealed(os.urandom(length), **PLACE)


def test_a_key_that_is_missing_is_named(keys: Keyring) -> None:
    sealed = sealing.seal("x", **PLACE)

    other = new_ring(keys.suite.name, made_at=AT)
    with ring.using(other), pytest.raises(sealing.KeyMissing) as refusal:
        sealing.open_sealed(sealed, **PLACE)

    assert refusal.value.details["key"] == keys.current("seal").name


def test_a_value_of_the_other_suite_opens_while_its_key_is_there(keys: Keyring) -> None:
    other = next(found for found in RINGS.values() if found is not keys)
    sealed = sealing.seal("x", **PLACE)

    with ring.using(other.joined(keys)):
        assert sealing.open_sealed(sealed, **PLACE) == "x"
        assert sealing.seal("x", **PLACE)[0] != sealed[0]


def test_the_same_value_never_looks_the_same() -> None:
    made = {sealing.seal("x", **PLACE) for _ in range(2000)}

    assert len(made) == 2000


def test_many_are_sealed_as_one_is() -> None:
    sealed = sealing.seal_many(
        ["张三", None, ""],
        table="t",
        column="c",
        rows=[1, 2, "00000000-0000-0000-0000-000000000003"],
    )

    assert sealed[1] is None
    assert sealing.open_sealed(sealed[0] or b"", table="t", column="c", row=1) == "张三"
    last = {"table": "t", "column": "c", "row": "00000000-0000-0000-0000-000000000003"}
    assert sealing.open_sealed(sealed[2] or b"", **last) == ""


def test_a_forked_process_does_not_repeat_the_nonces_of_its_parent() -> None:
    fields.nonces.take()
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:  # the child only writes and leaves
        os.write(writes, fields.nonces.take())
        os._exit(0)
    os.waitpid(child, 0)

    assert os.read(reads, 12) != fields.nonces.take()


def test_a_blind_index_finds_equal_values_of_one_purpose_only(keys: Keyring) -> None:
    index = sealing.blind("441900199001011234", purpose="people.document.number")

    assert index == sealing.blind("441900199001011234", purpose="people.document.number")
    assert index != sealing.blind("441900199001011234", purpose="people.contact.phone")
    assert index.next is None
    assert len(index.main or b"") == 16
    assert sealing.blind_lookup(
        "number_index", "441900199001011234", purpose="people.document.number"
    ) == {"number_index": index.main}


def test_while_an_index_key_is_brought_in_both_columns_are_written(keys: Keyring) -> None:
    old = sealing.blind("x", purpose="p")

    with ring.using(keys.with_new("index", made_at=AT)):
        both = sealing.blind("x", purpose="p")
        assert both.main == old.main
        assert both.next not in (None, both.main)
        assert sealing.blind_many(["x"], purpose="p") == [both]
        assert sealing.blind_lookup("i", "x", purpose="p") == {"i": both.main}


def test_after_an_index_key_was_brought_in_the_other_column_is_read(keys: Keyring) -> None:
    both = keys.with_new("index", made_at=AT)

    with ring.using(both):
        written = sealing.blind("x", purpose="p")
    with ring.using(both.promoted("index")):
        assert sealing.blind_lookup("i", "x", purpose="p") == {"i_next": written.next}
        assert sealing.blind("x", purpose="p") == (None, written.next)
        assert sealing.blind_many(["x"], purpose="p") == [(None, written.next)]


@given(name=suite_names, value=st.text(max_size=30))
def test_a_value_under_a_persons_key_opens_with_it(name: str, value: str) -> None:
    with ring.using(RINGS[name]):
        key = sealing.unwrap(sealing.new_person_key(12), 12)
        sealed = sealing.seal_for(key, value, **PLACE)

        assert sealing.open_for(key, sealed, **PLACE) == value


def test_a_persons_key_is_wrapped_for_that_person() -> None:
    wrapped = sealing.new_person_key(12)

    with pytest.raises(sealing.SealBroken):
        sealing.unwrap(wrapped, 13)


def test_another_persons_key_does_not_open() -> None:
    key, other = (sealing.unwrap(sealing.new_person_key(n), n) for n in (1, 2))
    sealed = sealing.seal_for(key, "x", **PLACE)

    with pytest.raises(sealing.SealBroken):
        sealing.open_for(other, sealed, **PLACE)


payloads = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(payload=payloads, other=payloads)
def test_a_commitment_is_kept_by_its_payload_alone(payload: object, other: object) -> None:
    nonce, committed = sealing.commit(payload)

    assert sealing.keeps(committed, nonce, payload)
    assert sealing.keeps(committed, nonce, other) == (
        sealing.commitment(nonce, payload) == sealing.commitment(nonce, other)
    )
    assert not sealing.keeps(committed, os.urandom(32), payload)


def test_a_signature_is_by_its_key_over_its_message() -> None:
    public, signature = sealing.sign(b"head")

    assert public == sealing.public_key()
    assert sealing.is_signed(b"head", signature, public)
    assert not sealing.is_signed(b"heat", signature, public)
    assert not sealing.is_signed(b"head", signature[:-1], public)
    assert not sealing.is_signed(b"head", signature, b"short")
