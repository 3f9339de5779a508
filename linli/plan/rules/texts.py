"""How a text is known again, and how it is shown where it is quoted."""

from __future__ import annotations

import hashlib
import re

_RANGE = re.compile(r"((?:19|20)\d{2})(1[0-2]|[1-9])((?:19|20)\d{2})(1[0-2]|[1-9])月")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})(1[0-2]|[1-9])(?=月)")


def sha256_of(text: str) -> str:
    """Return the hash of a text, whatever its line ends and marks."""
    plain = text.lstrip("\ufeff").replace("\r\n", "\n")
    return hashlib.sha256(plain.encode()).hexdigest()


def mended(text: str) -> str:
    """Return a quoted sentence with the signs that its dates had lost: 20174月 is 2017年4月.

    The plan's own page shows the text as it was published.
    """
    text = _RANGE.sub(r"\1年\2月—\3年\4月", text)
    return _MONTH.sub(r"\1年\2", text)
