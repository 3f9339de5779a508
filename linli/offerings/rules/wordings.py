"""How people ask: words around the matter that say nothing of it, and words of the region for those of the office."""

from __future__ import annotations

import re
import unicodedata

# asked with every matter, so they tell none from another; the longest first
AROUND = (
    "请问一下", "需要什么材料", "要带什么材料", "需要哪些材料", "要什么材料", "要什么证件", "需要什么", "要带什么", "要准备什么",
    "去哪里办", "在哪里办", "到哪里办", "哪里可以办", "哪里办理", "去边度办", "喺边度办", "边度办", "点样办", "点办", "点样",
    "怎么办理", "怎样办理", "如何办理", "怎么申请", "如何申请", "怎么办", "怎样办", "怎么弄", "怎么搞", "咋办", "咋弄", "点搞",
    "哪里", "边度", "怎么", "怎样", "如何", "请问", "我想要", "我想", "我要", "我系", "帮我", "帮忙", "唔该", "可以", "想要", "能不能", "可不可以",
    "多少钱", "几多钱", "流程", "手续", "指南", "一下", "吗", "呢", "啊", "呀", "嘛",
)  # fmt: skip
_AROUND_EN = (
    "how do i to can get a an the for my me where is what need needed want apply application of in on "
    "please we our you does it and or with"
)
AROUND_EN = frozenset(_AROUND_EN.split())
# what is said here → how the office writes it; both are looked for
LOCAL = {
    "细蚊仔": "小孩", "细佬哥": "小孩", "小朋友": "小孩", "娃娃": "小孩", "bb": "婴儿", "苏虾": "婴儿", "仔女": "子女",
    "屋企": "家", "间屋": "房屋", "起屋": "建房", "起房子": "建房", "盖房子": "建房", "租屋": "租房", "出租屋": "租赁房屋",
    "阿婆": "老人", "阿公": "老人", "阿伯": "老人", "老人家": "老人", "老豆": "父亲", "老母": "母亲", "长者": "老人",
    "搵份工": "找工作", "搵工": "找工作", "返学": "上学", "读书": "上学", "入学": "上学", "学位": "上学", "揾工": "找工作", "稳工": "找工作", "冇工做": "失业", "无工做": "失业",
    "炒鱿鱼": "失业", "睇病": "看病", "医保": "医疗保险", "社保": "社会保险", "退休金": "养老金", "养老钱": "养老金", "老人钱": "高龄津贴",
    "生仔": "生育", "生孩子": "生育", "生细路": "生育", "结婚": "婚姻", "离婚": "婚姻", "拉埋天窗": "婚姻", "死咗": "死亡", "过身": "死亡",
    "去世": "死亡", "走咗": "死亡", "嗌交": "纠纷", "吵架": "纠纷", "打交": "纠纷", "邻居闹": "纠纷", "欠薪": "工资", "人工": "工资",
    "搬屋": "搬家", "迁户口": "户口迁移", "上户口": "户口登记", "落户": "入户", "狗牌": "养犬", "养狗": "养犬", "狗证": "养犬",
    "残疾": "残疾人", "低保": "最低生活保障", "穷": "困难", "冇钱": "困难", "没钱": "困难", "打官司": "法律援助", "律师": "法律援助",
    "打工": "外来务工", "外地人": "非户籍", "外来人口": "流动人口", "新莞人": "流动人口", "暂住证": "居住证", "绿卡": "居住证",
}  # fmt: skip
_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"[\W_]+", re.UNICODE)
_LATIN = re.compile(r"[a-z0-9]+")


def plain(text: str) -> str:
    """Return a text as it is compared: full width and capitals gone, marks as blanks."""
    return _SPACE.sub(" ", _MARKS.sub(" ", unicodedata.normalize("NFKC", text).casefold())).strip()


def core_of(text: str) -> str:
    """Return the words of a question that tell its matter; all of them if none is left."""
    said = plain(text)
    words = said
    for around in AROUND:
        words = words.replace(around, " ")
    kept = [word for word in words.split() if word not in AROUND_EN]
    return " ".join(kept) or said


def wordings_of(text: str) -> list[str]:
    """Return a question in its own words first, then in those of the office."""
    core = core_of(text)
    found = [core]
    for local, written in LOCAL.items():
        if local in core and written not in core:
            found.append(core.replace(local, written))
    return list(dict.fromkeys(found))[:4]


def chinese_of(text: str) -> str:
    """Return the Chinese signs of a text, joined."""
    return "".join(sign for sign in text if "\u3400" <= sign <= "\u9fff" or sign >= "\U00020000")


def latin_of(text: str) -> list[str]:
    """Return the words and numbers in Latin signs."""
    return _LATIN.findall(text)
