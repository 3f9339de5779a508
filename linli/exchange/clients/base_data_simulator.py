"""Base data that are none: they answer by the last figure of the card's number before its check digit.

0 no answer in time, 1 half an answer, 2 not on record, 3 unclear, 4 an answer of another shape, 5 the
register refuses; all others are on record since yesterday.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from linli.exchange.rules import signing
from linli.exchange.types.connections import NO_ANSWER, Call, Later, Reply

NONE, HALF, NO, UNCLEAR, SHAPELESS, REFUSES = "0", "1", "2", "3", "4", "5"


class BaseDataSimulator:
    """See the module."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def carry(self, call: Call) -> Reply:
        at = datetime.fromisoformat(call.heads[signing.TIME])
        right = signing.is_call_right(
            self._secret, call.method, call.path, heads=call.heads, body=call.body, now=at
        )
        said = json.loads(call.body) if call.body else {}
        if (
            not right
            or call.path != "/questions"
            or not (said.get("ground") and said.get("purpose"))
        ):
            return self._reply(call, 403, {"error": "no_ground"})
        number = str(said["subject"]["id_number"])
        return self._answered(call, number[-2:-1], (at - timedelta(days=1)).date().isoformat())

    def _answered(self, call: Call, habit: str, day: str) -> Reply:
        if habit == NONE:
            raise Later(NO_ANSWER)
        if habit == REFUSES:
            return self._reply(call, 403, {"error": "not_for_this_purpose"})
        word = {NO: "no", UNCLEAR: "unclear", SHAPELESS: "perhaps"}.get(habit, "yes")
        whole = self._reply(call, 200, {"answer": word, "as_of": day, "insured_since": "left out"})
        return Reply(200, whole.heads, whole.body[:9]) if habit == HALF else whole

    def _reply(self, call: Call, status: int, said: Any) -> Reply:
        body = json.dumps(said, ensure_ascii=False).encode()
        name = call.heads.get(signing.NAME, "")
        sign = signing.sign_answer(self._secret, name=name, status=status, body=body)
        return Reply(status, {signing.SIGN: sign, "Content-Length": str(len(body))}, body)
