"""From bytes to text: what encoding, and whether this is a text at all."""

from __future__ import annotations

import codecs

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LONGEST = 2_000_000


class UnreadableText(ValueError):
    """The file is no text of a plan. `code` says what it is instead."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 with a mark, or GB18030."""
    refuse_what_is_no_text(data)
    for mark, name in _MARKED:
        if data.startswith(mark):
            return _checked(_attempt(data, name))
    text = _attempt(data, "utf-8")
    return _checked(text if text is not None else _attempt(data, "gb18030"))


def refuse_what_is_no_text(data: bytes) -> None:
    """Raise UnreadableText for what begins like a picture, a PDF or an office file."""
    if not data.strip():
        raise UnreadableText("empty")
    if len(data) > LONGEST:
        raise UnreadableText("too_long")
    if data.startswith(_PICTURES):
        raise UnreadableText("picture")
    if data.startswith(b"%PDF"):
        raise UnreadableText("pdf")
    if data.startswith(_OFFICE):
        raise UnreadableText("office_file")


def _attempt(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _checked(text: str | None) -> str:
    if text is None:
        raise UnreadableText("unknown_encoding")
    if "\x00" in text or sum(c < " " and c not in "\r\n\t\f\v" for c in text) > len(text) // 100:
        raise UnreadableText("binary")
    if not text.strip("\ufeff \r\n\t"):
        raise UnreadableText("empty")
    if not any("\u4e00" <= c <= "\u9fff" for c in text):
        raise UnreadableText("no_chinese")
    return text


# what a file is instead of a plan, for those who have no pages; pages translate the codes
WORDS = {
    "empty": "the file is empty.",
    "too_long": "the file is longer than two million characters; give the plan alone.",
    "picture": "this is a picture, whatever its name says; save the plan as text.",
    "pdf": "this is a PDF; save the plan as text.",
    "office_file": "this is an office document; save it as text (.txt) first.",
    "unknown_encoding": "this is neither UTF-8 nor GB18030 text.",
    "binary": "this is no text.",
    "no_chinese": "there is no Chinese text in it, so it is no plan.",
    "no_task": "no task was found in this text; check that it is a plan.",
}
WORDS_ZH = {
    "empty": "文件是空的。",
    "too_long": "文件超过两百万字，请只提供方案本身。",
    "picture": "这是图片（不论文件名怎么写），请把方案存为文本。",
    "pdf": "这是 PDF，请把方案存为文本。",
    "office_file": "这是办公文档，请先存为文本（.txt）。",
    "unknown_encoding": "既不是 UTF-8 也不是 GB18030 文本。",
    "binary": "这不是文本。",
    "no_chinese": "里面没有中文，不是方案。",
    "no_task": "没有读到任务，请确认这是一份方案。",
}
