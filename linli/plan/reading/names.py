"""What a department is called in Chinese plans: beginnings, cores and endings of names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files


# Cores that every city, county and district has, with or without 市 or 县 before them.
def _cores() -> list[str]:
    text = (files("linli.plan") / "data" / "departments.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return " ".join(lines).split()


CORES = _cores()
_SUFFIX = (
    "委员会|办公室|领导小组|指挥部|办事处|管委会|居委会|村委会|工会|公司|集团|中心|支队|大队|分局|银行|"
    "支行|学校|学院|大学|党校|协会|商会|学会|联合会|基金会|公安处|"
    "街道|园区|开发区|新区|党委|党工委|政府|单位|部门|局|委|部|办|厅|处|院|联|会|台|社|署|站|馆|所|区|县|镇|乡|室"
)
_LEVEL = r"(?:[\u4e00-\u9fff]{1,6}?(?:省|市|县|区|州|旗|镇|街道))?(?:省|市|县|区|州|旗|镇|各)?委?"
CORE = "|".join(sorted(map(re.escape, CORES), key=len, reverse=True))
_EVERY = (
    r"各(?:有关|相关|成员|区|县)?(?:镇街|镇乡|乡镇|镇|乡|街道|区县|县区|区|县|旗|市|村|社区|园区|部门|单位)"
    r"(?:党委|政府|办事处|人民政府)?$"
)
# A whole known name: 市民政局, 佛山市民政局, 市委组织部, 民政局, 团市委.
KNOWN = re.compile(
    rf"(?:{_LEVEL}(?:{CORE})|团[省市县区州]委|[省市县区州]委|[省市县区]政府)$|{_EVERY}"
)
PLAIN = re.compile(
    rf"(?:[省市县区州旗镇]|各)?委?(?:{CORE})$|团[省市县区州]委$|[省市县区州]委$|[省市县区]政府$|{_EVERY}"
)
_SHAPED = re.compile(
    rf"(?!区域|市场|市民(?!政)|县域|市区|镇村|各类|各级|各种|各方|各项)"
    rf"(?:团|省|市|县|区|州|旗|镇|乡|街|各|新区|高新区|开发区|管委会)[\u4e00-\u9fff·]{{1,20}}(?:{_SUFFIX})$"
)
_LOOSE = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9·“”]{{1,24}}(?:{_SUFFIX})$")
_ACTS = re.compile(
    r"建立|成立|推进|完善|加强|开展|落实|组建|设立|健全|提升|促进|建成|实现|鼓励|探索|制定|引导|强化|覆盖|"
    r"[的了着]|报送|要求|通过|以及|进行|做好|工作$"
)
_NESTED = re.compile(r"\([^()]*\)")
_SPLIT_AFTER = "局委部办院联会厅社站"
_JOIN_BEFORE = re.compile(
    rf"(?<=[{_SPLIT_AFTER}])(?=(?:市委|县委|区委|省委|团[市县区省]委|[市县区省州](?:{CORE})))"
)


_PREFIXED = re.compile(rf"(?:市|县|区|省|州)委?(?:{CORE})$|团[市县区省]委$")


@dataclass(frozen=True, slots=True)
class Word:
    """A name with its offsets."""

    text: str
    start: int
    end: int


def known(name: str) -> bool:
    """Whether this is a name that cities generally use for a department."""
    return KNOWN.match(_NESTED.sub("", name)) is not None


def strict(name: str, *, place: bool = True) -> bool:
    """Whether this can only be a department, even with nothing around it to say so.

    Without `place` the name may not begin with a city's own name: prose stands before it.
    """
    bare = _NESTED.sub("", name)
    if (KNOWN if place else PLAIN).match(bare):
        return True
    return len(bare) <= 22 and _SHAPED.match(bare) is not None and not _ACTS.search(bare)


def loose(name: str) -> bool:
    """Whether this may be a department, where brackets or a label already say so."""
    bare = _NESTED.sub("", name)
    return known(bare) or (_LOOSE.match(bare) is not None and not _ACTS.search(bare))


def glued(text: str) -> int | None:
    """Return where a department begins that ends this text and has prose before it."""
    for at in range(max(0, len(text) - 24), len(text)):
        rest = text[at:]
        before = text[at - 1 : at]
        if before and before not in "城都超门夜街" and _PREFIXED.match(rest):
            return at
    for at in range(len(text) - 3, max(0, len(text) - 16), -1):
        rest = text[at:]
        if rest[0] in "市县区" and text[at - 1] not in "城都超门夜街" and strict(rest):
            return at
    return None


def unjoined(text: str, start: int) -> list[Word]:
    """Split names that follow each other without any sign: 市民政局市财政局."""
    cuts = [0, *(m.start() for m in _JOIN_BEFORE.finditer(text)), len(text)]
    pieces = zip(cuts, cuts[1:], strict=False)
    return [Word(text[a:b], start + a, start + b) for a, b in pieces if b > a]
