"""What is believed of the seal service; no table is touched."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest

from linli.documents.rules.papers import looked_for_again, sealed_fault
from linli.documents.types import Sealed
from linli.exchange.rules.hall import NoSense
from linli.exchange.rules.seals import read_seal
from linli.exchange.types.seals import Refused, Waiting

ISSUED = b"%PDF-1.7 paper %%EOF"
DIGEST = sha256(ISSUED).hexdigest()
SAID: dict[str, Any] = {
    "number": "DZ-2026-0001", "state": "sealed", "sha256": DIGEST, "seal": "示范一村村民委员会",
    "certificate": "4419-77", "signature": "MEUCIQ", "sealed_at": "2026-11-24T12:00:00+08:00",
    "pdf": b64encode(ISSUED + b" seal").decode(),
}  # fmt: skip


def read(**change: Any) -> Any:
    return read_seal({**SAID, **change}, "DZ-2026-0001")


def test_an_answer_is_a_seal_a_refusal_or_waiting() -> None:
    found = read()
    assert isinstance(found, Sealed) and found.pdf == ISSUED + b" seal"
    assert sealed_fault(found, DIGEST, ISSUED) == ""
    assert (found.chain, read(chain=["QUJD"]).chain) == ((), (b"ABC",))
    assert read(state="waiting") == Waiting()
    assert read(state="refused", word="seal_expired") == Refused("seal_expired")


@pytest.mark.parametrize(
    "change",
    [
        {"number": "DZ-2026-0002"}, {"state": "done"}, {"state": ["sealed"]}, {"sha256": ""},
        {"certificate": []}, {"certificate": "7" * 81}, {"seal": None}, {"signature": ""},
        {"sealed_at": "2026-11-24T12:00:00"}, {"sealed_at": 7}, {"pdf": "no base64!"},
        {"pdf": ""}, {"pdf": None}, {"state": "refused"}, {"pdf": "纸"}, {"chain": "QUJD"},
        {"chain": ["no base64!"]}, {"chain": [7]}, {"chain": ["QUJD"] * 7}, {"chain": ["QUJD" * 4096]},
    ],
)  # fmt: skip
def test_what_the_contract_does_not_say_is_not_believed(change: dict[str, Any]) -> None:
    with pytest.raises(NoSense):
        read(**change)


def test_an_answer_that_is_no_object_is_not_believed() -> None:
    for wrong in (None, [], "sealed", 7):
        with pytest.raises(NoSense):
            read_seal(wrong, "DZ-2026-0001")


def test_a_seal_counts_for_the_issued_file_alone() -> None:
    other = b64encode(b"%PDF-1.7 another %%EOF seal").decode()
    assert sealed_fault(read(sha256="0" * 64), DIGEST, ISSUED) == "wrong_digest"
    # the file on our disk is not the one that was asked for
    assert sealed_fault(read(), DIGEST, ISSUED + b"x") == "wrong_digest"
    assert sealed_fault(read(pdf=other), DIGEST, ISSUED) == "other_file"
    # the same file without a seal is no sealed file
    assert sealed_fault(read(pdf=b64encode(ISSUED).decode()), DIGEST, ISSUED) == "other_file"


def test_it_is_asked_less_often_the_longer_it_takes_but_once_a_day() -> None:
    pauses = [looked_for_again(tries).total_seconds() / 60 for tries in (1, 2, 3, 10, 11, 10_000)]
    assert pauses == [2, 4, 8, 1024, 1440, 1440]
