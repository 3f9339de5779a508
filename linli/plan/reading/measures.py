"""Sentences with an action: how strong the wish is, at which level, which document follows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linli.plan.reading import dates
from linli.plan.reading.shape import ENCOURAGE, EXPLORE, MAY, REQUIRE, STRIVE, Measure

_END = re.compile(r"[。;!?\r\n\t|]+")
# A clause that only says when or how belongs to the one behind it.
_WHEN = re.compile(
    r"\s*(?:到|至|在|截至|力争到|争取到)?[^,]{0,12}\d[^,]{0,24}(?:前|底|末|时|期间|内|年)$"
)
_HOW = re.compile(
    r"\s*(?:继续)?(?:采取|通过|按照|根据|依据|以|除|在)[^,]{2,60}"
    r"(?:方式|等|下|要求|原则|思路|实际|情况|导向|基础上|单位|形式|外)$"
)
_REACH = 30
_SOFT = (
    (STRIVE, re.compile(r"力争|争取(?!资金|支持)|努力(?:实现|达到|在)")),
    (EXPLORE, re.compile(r"探索(?!路径|经验|期|出)")),
    (ENCOURAGE, re.compile(r"鼓励|提倡|倡导(?!下)|支持(?=社会|有条件|符合条件|各类)")),
    (
        MAY,
        re.compile(
            r"可以|可(?=视|根据|结合|按|由|通过|采取|采用|聘请|适当|试行|参照|因地)|可(?=[^,]{0,8}为单位)"
        ),
    ),
)
_STRONG = re.compile(
    r"(?<![重主需必])要(?!求|素|件|点|内容|因)|必须|应当|须(?!知)|不得|严格|严禁|务必|确保"
)
_WHO = (
    ("city_town", re.compile(r"市、?镇(?:\(街道\))?两级|市镇两级|各级")),
    ("town_village", re.compile(r"镇、?村两级|镇村两级")),
    (
        "town",
        re.compile(
            r"各?镇(?:\(街道(?:、园区)?\)|街|\(街\))|各镇|镇政府|街道办|各街道|各乡镇|乡镇\(街道\)|乡镇|镇级"
        ),
    ),
    (
        "village",
        re.compile(
            r"村\(居\)民委员会|各?村\(社区\)|各村|各社区|村\(居\)委会|村委会|居委会|城乡社区|村级|行政村"
        ),
    ),
    ("group", re.compile(r"村\(居\)民小组|村民小组|居民小组|网格")),
    ("county", re.compile(r"各县|县级|各区|区级|县\(市、区\)")),
    ("province", re.compile(r"省级|全省")),
    ("city", re.compile(r"全市|市级|市直|市财政|我市|市政府|市委")),
)
_ACTIONS = re.compile(
    r"建立|健全|完善|推进|推行|推动|推广|落实|制定|制订|修订|出台|开展|加强|强化|规范|引导|鼓励|探索|实施|执行|"
    r"组织|提高|提升|扩大|增强|深化|明确|构建|建设|创建|打造|培育|培养|发展|整合|统筹|支持|指导|监督|设立|设置|"
    r"成立|配备|选聘|安排|保障|实现|完成|覆盖|发挥|拓宽|拓展|整治|清理|编制|印发|报|举办|聘请|采取|发动|吸纳|"
    r"创新|促进|确保|达到|保持|减少|降低|增加|服务|管理|解决|协调|对接|纳入|坚持|协助|配合|行使|把|将|做好|建成|"
    r"营造|形成|树立|放大|发现|利用|结合|切实|抓好|选优|优化|改善|改造|评议|公开|宣传|培训|形成|承接|负责|予以"
)
_ISSUED = re.compile(
    r"(?:制定|制订|修订|出台|印发|修改|编制|起草|完善|发布|研究制定|颁布)[^。;《》]{0,12}"
    r"(?P<names>(?:《[^《》]{2,60}》[、和及]?)+)"
)
_NAME = re.compile(r"《([^《》]+)》")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or the part of it that carries one force."""

    start: int
    end: int
    force: str


def sentences(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of a stretch without the signs that end them."""
    out, at = [], start
    for match in _END.finditer(plain, start, end):
        out.append((at, match.start()))
        at = match.end()
    out.append((at, end))
    return [(a, b) for a, b in (_stripped(plain, *one) for one in out) if b - a > 3]


def pieces(plain: str, start: int, end: int) -> list[Piece]:
    """Cut a sentence where its force changes; a clause without a word of force goes on."""
    out: list[Piece] = []
    force, bound = REQUIRE, False
    for a, b in _clauses(plain, start, end):
        clause = plain[a:b]
        soft = _soft(clause)
        strong = _STRONG.search(clause)
        if soft and not (bound and not out_of(out, soft)):
            force = soft if not _before(strong, clause, soft) else REQUIRE
        elif strong:
            force = REQUIRE
        bound = bound or bool(strong and not soft)
        if out and out[-1].force == force:
            out[-1] = Piece(out[-1].start, b, force)
        else:
            out.append(Piece(a, b, force))
    return out


def out_of(found: list[Piece], soft: str) -> bool:
    """Whether the sentence already had this softer force before it became a demand."""
    return any(piece.force == soft for piece in found)


def _before(strong: re.Match[str] | None, clause: str, soft: str) -> bool:
    """各镇要积极…鼓励…: the demand stands before the softer verb and rules it."""
    if strong is None:
        return False
    pattern = dict(_SOFT)[soft]
    found = pattern.search(clause)
    return found is not None and strong.start() < found.start() and soft in (ENCOURAGE, EXPLORE)


def _soft(clause: str) -> str:
    for force, pattern in _SOFT:
        match = pattern.search(clause)
        if match and match.start() <= _REACH:
            return force
    return ""


def _clauses(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    out, at, depth = [], start, 0
    for i in range(start, end):
        depth = max(0, depth + (plain[i] in "(“") - (plain[i] in ")”"))
        if plain[i] == "," and depth == 0 and not _leads_in(plain[at:i]):
            out.append((at, i))
            at = i + 1
    out.append((at, end))
    return [(a, b) for a, b in out if plain[a:b].strip()]


def _leads_in(clause: str) -> bool:
    return _WHEN.match(clause) is not None or _HOW.match(clause) is not None


def level_of(plain: str, start: int, end: int) -> str:
    """Return whom the sentence addresses: the first level that it names, else the city."""
    text = plain[start:end]
    found = [(m.start(), level) for level, pattern in _WHO if (m := pattern.search(text))]
    return min(found)[1] if found else "city"


def documents_in(text: str) -> tuple[str, ...]:
    """Return the documents that the sentence says shall be issued or revised."""
    return tuple(
        name for match in _ISSUED.finditer(text) for name in _NAME.findall(match.group("names"))
    )


def read(
    text: str, plain: str, owner: tuple[str, int], span: tuple[int, int], year: int | None
) -> list[Measure]:
    """Return the measures of one task, stage or requirement."""
    out: list[Measure] = []
    for a, b in sentences(plain, *span):
        for piece in pieces(plain, a, b):
            if not _ACTIONS.search(plain[piece.start : piece.end]):
                continue
            due = [d for d in dates.find(plain, piece.start, piece.end, year) if d.due]
            out.append(
                Measure(
                    owner[0], owner[1], len(out) + 1, text[piece.start : piece.end].strip(),
                    piece.force, level_of(plain, a, piece.end),
                    documents_in(text[piece.start : piece.end]),
                    due[-1].last if due else None, piece.start, piece.end,
                )
            )  # fmt: skip
    return out


def _stripped(plain: str, start: int, end: int) -> tuple[int, int]:
    while start < end and plain[start] in " \t\r\n,.":
        start += 1
    while end > start and plain[end - 1] in " \t\r\n,.":
        end -= 1
    return start, end
