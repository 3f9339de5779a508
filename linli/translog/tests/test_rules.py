"""Commitments, heads as signed notes."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from linli.kernel.sealing import ring, sign
from linli.kernel.sealing.keys import new_ring
from linli.translog import rules, tree

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
SALT = bytes(range(32))


def test_a_commitment_and_its_leaf_are_as_documented() -> None:
    """docs/formats/transparency-log.md gives the same values."""
    hashed = rules.content_hash({"notice": 1, "title": "公示"})
    committed = rules.commit_to("notice", NOON, hashed, SALT)

    assert hashed.hex() == "be5f042ff19da36ae823bf242b2494f4ccab5b8db5bd26fadfe5ee69701858b2"
    assert committed.hex() == "35829ec4703aebbf8180ebbe21a5100bfa4396bd51ef35d07a0cd5048bbe2c95"
    assert (
        tree.leaf_hash(committed).hex()
        == "6346f0d4c878c681d3d8281715a84ddec0d69cbdce4f67664fcc51055ed82d16"
    )


@pytest.mark.parametrize(
    ("kind", "at", "hashed", "salt"),
    [
        ("result", "2026-11-24T04:00:00Z", bytes(32), SALT),
        ("notice", "2026-11-24T04:00:01Z", bytes(32), SALT),
        ("notice", "2026-11-24T04:00:00Z", b"\1" * 32, SALT),
        ("notice", "2026-11-24T04:00:00Z", bytes(32), bytes(32)),
        ("notice", "2026-11-24T04:00:00Z", bytes(32), b""),
    ],
)
def test_only_what_was_committed_to_opens(kind: str, at: str, hashed: bytes, salt: bytes) -> None:
    committed = rules.commit_to("notice", NOON, bytes(32), SALT)

    assert rules.opens(committed, "notice", "2026-11-24T04:00:00Z", bytes(32), SALT)
    assert not rules.opens(committed, kind, at, hashed, salt)


def signed(text: str = "") -> tuple[str, bytes]:
    text = text or rules.head_text("linli/ab", 5, bytes(32), NOON)
    with ring.using(new_ring("intl", made_at="now")):
        public, signature = sign(text.encode())
    return rules.signed_note(text, "linli/ab", public, signature), public


def test_a_note_reads_back_and_is_by_its_key() -> None:
    note, public = signed()

    head = rules.read_note(note)

    assert (head.origin, head.size, head.root) == ("linli/ab", 5, bytes(32))
    assert note.startswith("linli/ab\n5\n" + base64.b64encode(bytes(32)).decode() + "\ntime 2026-")
    assert head.is_by(public)
    assert not head.is_by(signed()[1])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda note: note.replace("\n5\n", "\n6\n"),
        lambda note: note.replace("04:00:00", "05:00:00"),
        lambda note: note.replace("linli/ab\n", "linli/ac\n", 1),
        lambda note: note.replace("— linli/ab", "— linli/ac"),
    ],
)
def test_a_changed_note_is_by_nobody(spoil: object) -> None:
    note, public = signed()

    assert not rules.read_note(spoil(note)).is_by(public)  # type: ignore[operator]


@pytest.mark.parametrize(
    "note",
    [
        "",
        "a\n5\nAAAA\n\n",
        "a\nfive\n" + base64.b64encode(bytes(32)).decode() + "\n\n— a AAAAAAAA\n",
        "a\n05\n" + base64.b64encode(bytes(32)).decode() + "\n\n— a AAAAAAAA\n",
        "a\n5\n" + base64.b64encode(bytes(32)).decode() + "\n\n- a AAAAAAAA\n",
        "a\n5\n" + base64.b64encode(bytes(32)).decode() + "\n\n— a AA\n",
    ],
)
def test_what_is_no_head_says_why(note: str) -> None:
    with pytest.raises(ValueError, match="."):
        rules.read_note(note)


def test_a_verifier_key_is_written_as_other_logs_write_theirs() -> None:
    """The signed note format gives this key as its example (key type 1, Ed25519)."""
    name, hashed, encoded = (
        "PeterNeumann",
        "c74f20a3",
        "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    )
    public = base64.b64decode(encoded)[1:]

    assert rules.verifier_key(name, public) == f"{name}+{hashed}+{encoded}"


def test_a_note_of_another_log_reads_and_verifies() -> None:
    """The example of the signed note format."""
    note = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )
    public = base64.b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1:]
    line = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    raw = base64.b64decode(line)

    head = rules.ReadHead("PeterNeumann", 0, b"", note, (("PeterNeumann", raw[:4], raw[4:]),))
    assert head.is_by(public)
