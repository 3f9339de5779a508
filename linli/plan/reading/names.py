"""What a department is called in Chinese plans: beginnings, cores and endings of names."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Cores that every city, county and district has, with or without 市 or 县 before them.
CORES = """
纪委监委 纪委 监委 监察局 监察委员会 组织部 宣传部 统战部 政法委 政法委员会 政研室 改革办 编办 编委办 机构编制委员会办公室
社会工作部 社工委 社会工作委员会 网信办 文明办 文明委 两新工委 直属机关工委 机关工委 老干局 老干部局 信访局 党校 档案局 档案馆
台办 外办 侨办 侨联 台联 总工会 妇联 妇女联合会 残联 残疾人联合会 科协 文联 工商联 红十字会 关工委 社科联 慈善会 慈善总会
府办 政府办 政府办公室 办公室 发改局 发改委 发展改革局 发展改革委 发展和改革局 发展和改革委员会 经信局 经信委 工信局 工信委 工业和信息化局
经济和信息化局 科技局 科学技术局 教育局 教体局 教育体育局 民宗局 民族宗教局 民族宗教事务局 公安局 公安分局 民政局 司法局 财政局 人社局
人力资源局 人力资源和社会保障局 人力资源社会保障局 社会保障局 社保局 自然资源局 国土资源局 规划局 规划和自然资源局 生态环境局 环保局 环境保护局
住建局 住房建设局 住房和城乡建设局 住房城乡建设局 城乡建设局 房管局 房产管理局 房产局 城管局 城管执法局 综合行政执法局 城市管理局
城市综合管理局 城市管理和综合执法局 城市管理委员会 城管委 交通局 交通运输局 水务局 水利局 农业局 农业农村局 农办 林业局 园林局 商务局
文广新局 文化局 文化广电新闻出版局 文化广电旅游体育局 文化广电旅游局 文旅局 文化和旅游局 文体局 文体旅游局 体育局 旅游局 卫计局 卫生计生局
卫生和计划生育局 卫生健康局 卫健局 卫健委 卫生健康委 卫生健康委员会 退役军人局 退役军人事务局 应急局 应急管理局 安监局
审计局 国资委 市场监管局 市场监督管理局 工商局 质监局 食药监局 食品药品监督管理局 统计局 医保局 医疗保障局 扶贫办 乡村振兴局
政务服务局 政务服务管理局 政务服务数据管理局 政数局 政务服务办 行政审批局 行政审批服务局 电子政务办 网建办 大数据局 大数据管理局 数据局 数据管理局 数据资源局
金融局 金融工作局 法制局 法制办 法院 中级法院 人民法院 中级人民法院 检察院 人民检察院 消防支队 消防救援支队 消防大队 消防救援大队 气象局
税务局 国税局 地税局 供电局 邮政管理局 烟草专卖局 公积金管理中心 机关事务管理局 机关事务局 地方志办 供销社 供销合作社 投资促进局
流动人口办 综治办 维稳办 平安办 智网办 创建办 创文办 河长办 社建办 社会建设办 轨道交通局 口岸局 海洋与渔业局 公路局 城建局
""".split()
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
KNOWN = re.compile(rf"(?:{_LEVEL}(?:{CORE})|团[省市县区州]委|[省市县区州]委|[省市县区]政府)$|{_EVERY}")
PLAIN = re.compile(
    rf"(?:[省市县区州旗镇]|各)?委?(?:{CORE})$|团[省市县区州]委$|[省市县区州]委$|[省市县区]政府$|{_EVERY}"
)
_SHAPED = re.compile(
    rf"(?!区域|市场|市民(?!政)|县域|市区|镇村|各类|各级|各种|各方|各项)"
    rf"(?:团|省|市|县|区|州|旗|镇|乡|街|各)[\u4e00-\u9fff·]{{1,20}}(?:{_SUFFIX})$"
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
        if at and rest[0] in "市县区省州团" and text[at - 1] not in "城都超门夜街":
            if re.match(rf"(?:市|县|区|省|州)委?(?:{CORE})$|团[市县区省]委$", rest):
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
