"""The resident's form as tests send it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

FORM, CODE = "/zh-hans/report/", "441900005001"


def given(**more: Any) -> dict[str, Any]:
    """Return what the form of a village sends, with a key of its own."""
    return {
        "place": CODE, "spot": "", "kept": "", "where": "榕树巷12号", "text": "路灯不亮",
        "matter": "help", "reply": "none", "phone": "", "key": str(uuid4()), **more,
    }  # fmt: skip
