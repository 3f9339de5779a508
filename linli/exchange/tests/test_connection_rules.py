"""What is believed of another system's answer, and how both sides are compared; no table is touched."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import translation

from linli.exchange.clients import lines
from linli.exchange.clients.wire import Line
from linli.exchange.rules import hall, signing
from linli.exchange.rules.letters import PAUSES, pause_after
from linli.exchange.types.connection_titles import fault_words
from linli.exchange.types.connections import Call, Later, Never, Reply, System
from linli.exchange.types.hall import Difference, SentIn, Unreadable

NOW = datetime(2026, 8, 10, 4, tzinfo=UTC)
SECRET = "a secret of more than thirty-two signs"


class Answers:
    """Answers with what it was given; signs it with a secret."""

    def __init__(self, body: bytes, status: int = 200, secret: str = SECRET, **heads: str) -> None:
        self.body, self.status, self.secret, self.heads = body, status, secret, heads
        self.call: Call | None = None

    def carry(self, call: Call) -> Reply:
        self.call = call
        name = call.heads[signing.NAME]
        sign = signing.sign_answer(self.secret, name=name, status=self.status, body=self.body)
        return Reply(self.status, {signing.SIGN: sign, **self.heads}, self.body)


def asked(transport: Answers) -> Any:
    return Line(transport, SECRET).ask("/items?after=", now=NOW)


def test_an_answer_is_believed_only_whole_signed_and_in_shape() -> None:
    assert asked(Answers(b'{"items": []}')) == {"items": []}
    for wrong, word in (
        (Answers(b"{}", secret="another secret of thirty-two signs!"), "not_signed"),
        (Answers(b"<html>"), "not_json"),
        (Answers(b"[" * 100_000), "not_json"),
        (Answers(b"{}", **{"Content-Length": "20"}), "half"),
        (Answers(b"{}", 503), "busy"),
        (Answers(b"{}", 429), "busy"),
        (Answers(b"{}", 302), "not_ours"),
    ):
        with pytest.raises(Later, match=word):
            asked(wrong)
    with pytest.raises(Never, match="says:closed_there"):
        asked(Answers(b'{"error": "closed_there"}', 409))
    # a refusal that nobody signed is no refusal: a gateway on the way may have said it
    with pytest.raises(Later, match="not_signed"):
        asked(Answers(b'{"error": "x"}', 404, secret="another secret of thirty-two signs!"))


def test_a_request_is_right_for_its_method_path_moment_and_body_alone() -> None:
    heads = signing.heads_of(SECRET, "POST", "/states", at=NOW, name="n", body=b"{}")

    def right(
        heads: Mapping[str, str] = heads,
        *,
        path: str = "/states",
        body: bytes = b"{}",
        at: datetime = NOW,
    ) -> bool:
        return signing.is_call_right(SECRET, "POST", path, heads=heads, body=body, now=at)

    assert right() and right(at=NOW + timedelta(minutes=4))
    assert not right(path="/items") and not right(body=b"[]")
    assert not right(at=NOW + timedelta(minutes=6)) and not right(at=NOW - timedelta(minutes=6))
    assert (
        not right({**heads, signing.NAME: "m"})
        and not right({})
        and not right({**heads, signing.TIME: "now"})
    )
    assert not right({**heads, signing.TIME: "2026-08-10T04:00:00"})
    assert not signing.is_call_right("", "POST", "/states", heads=heads, body=b"{}", now=NOW)


def test_pauses_grow_and_end() -> None:
    assert [pause_after(n) for n in range(1, len(PAUSES) + 1)] == sorted(PAUSES)
    assert pause_after(len(PAUSES) + 1) is None


def sent(**more: Any) -> dict[str, Any]:
    return {
        "number": "YS001", "item_code": "44", "place": "441900005001", "sent_at": "2026-08-10T09:00:00+08:00",
        "applicant": {"name": "陈大文", "phone": "13800001234"}, **more,
    }  # fmt: skip


def test_an_application_is_read_or_kept_for_a_person_but_never_lost() -> None:
    read = hall.read_application(sent(answers={"whose": "rented"}))
    assert isinstance(read, SentIn) and hall.read_back(hall.written(read)) == read

    for wrong in (
        sent(item_code=7), sent(applicant=None), sent(applicant={"name": ""}), sent(sent_at="2026-08-10T09:00:00"),
        sent(sent_at="yesterday"), sent(answers=["x"]), sent(delivery="pigeon"), sent(place="x" * 21),
        sent(answers={"a": "b\0"}), sent(answers={str(n): "x" for n in range(50)}),
    ):  # fmt: skip
        kept = hall.read_application(wrong)
        assert isinstance(kept, Unreadable) and kept.number == "YS001" and kept.raw
    for nameless in (sent(number=""), sent(number=5), "text", None, [], {"number": "x" * 65}):
        kept = hall.read_application(nameless)
        assert isinstance(kept, Unreadable) and kept.number.startswith("?")


def test_an_answer_without_the_shape_of_a_list_is_no_list() -> None:
    assert hall.batch_of({"items": [1], "mark": "7"}, "items").rows == (1,)
    for wrong in (
        None, [], {}, {"items": {}}, {"items": [], "mark": 7}, {"items": [], "mark": "7", "more": "yes"},
        {"items": [0] * 501, "mark": "7"}, {"items": [], "mark": "x" * 81},
    ):  # fmt: skip
        with pytest.raises(hall.NoSense):
            hall.batch_of(wrong, "items")


def test_an_item_is_read_only_with_code_version_and_name() -> None:
    row = {"code": "44", "version": 2, "name": "居住证", "promised_days": 5, "secret": "left out"}
    read = hall.read_item(row)
    assert (read.version, read.is_valid, dict(read.content)) == (2, True, {"promised_days": 5})
    for wrong in (None, {}, {**row, "version": "2"}, {**row, "version": 0}, {**row, "version": True},
                  {**row, "name": " "}, {**row, "code": "x" * 65}, {**row, "materials": ["x" * 30_000]}):  # fmt: skip
        with pytest.raises(hall.NoSense):
            hall.read_item(wrong)


def test_what_a_person_should_look_at_is_new_changed_or_gone() -> None:
    told = hall.difference_of
    assert told("", "a", is_valid=True) == Difference.NEW
    assert told("a", "a", is_valid=True) == Difference.SAME
    assert told("a", "b", is_valid=True) == Difference.CHANGED
    assert told("a", "a", is_valid=False) == Difference.GONE
    # what nobody ever knew and is over already needs nobody
    assert told("", "a", is_valid=False) == Difference.SAME
    known = {"name": "甲", "version": 1, "materials": ["照片"]}
    assert hall.changes_of(known, {**known, "version": 2, "materials": ["照片", "合同"]}) == [
        ("version", "1", "2"), ("materials", "照片", "照片；合同"),
    ]  # fmt: skip


def test_days_differ_by_numbers_and_by_states() -> None:
    theirs, ours = (
        {"a": "accepted", "b": "", "c": "ready"},
        {"a": "accepted", "c": "granted", "d": ""},
    )
    assert hall.compared(theirs, ours) == [
        ("b", "not_here", "", ""), ("c", "other", "ready", "granted"), ("d", "not_there", "", ""),
    ]  # fmt: skip
    assert hall.compared(ours, ours) == []
    day = hall.read_day(
        {
            "day": "2026-08-10",
            "applications": [{"number": "a", "state": "ready"}],
            "changes": [{"number": "b", "state": "taken"}],
        }
    )
    assert (day.on, day.states) == (
        date(2026, 8, 10),
        {"a": "ready", "b": "taken"},
    )
    for wrong in (
        None,
        {},
        {"day": "x", "applications": [], "changes": []},
        {"day": "2026-08-10", "applications": []},
        {"day": "2026-08-10", "applications": [1], "changes": []},
    ):
        with pytest.raises(hall.NoSense):
            hall.read_day(wrong)


def test_whoever_runs_the_place_is_warned_of_real_systems_not_of_simulators(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []
    for level in ("debug", "warning"):
        note = partial(lambda level, _event, **facts: told.append((level, facts["system"])), level)
        monkeypatch.setattr(lines.log, level, note, raising=False)
    settings.LINLI_DEMO = True
    settings.LINLI_CONNECTIONS = {System.SEALS: ("https://seals.example", SECRET)}

    lines.warn("letter_dead", System.HALL, ref="YS1", fault="busy")
    lines.warn("letter_dead", System.SEALS, ref="DZ1", fault="busy")

    assert told == [("debug", "hall"), ("warning", "seals")]


@pytest.mark.parametrize(
    ("fault", "language", "words"),
    [
        ("says:closed_there", "zh-hans", "对方不收：对方已办结这件事"),
        ("says:closed_there", "en", "the other side will not take it: the matter is closed there already"),
        ("says:E4711", "zh-hans", "对方不收：“E4711”（对方原文）"),
        ("busy", "en", "the other side is busy or broken"),
    ],
)  # fmt: skip
def test_a_clerk_reads_why_a_letter_was_refused_in_words(
    fault: str, language: str, words: str
) -> None:
    with translation.override(language):
        assert fault_words(fault) == words
