"""How names are read aloud: surnames first, then the readings of this region, then the common ones.

A dictionary gets 26 of 59 polyphonic surnames wrong (单 is not dān), and does not know that
涌 is chōng in every village of the delta; so our own tables come first.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_SURNAMES = """
单 shan|解 xie|仇 qiu|曾 zeng|区 ou|冼 xian|洗 xian|盖 ge gai|查 zha|任 ren|华 hua|朴 piao pu|燕 yan
乐 yue le|员 yun|贠 yun|翟 zhai di|缪 miao|宓 mi fu|种 chong|召 shao|折 she|黑 he hei|秘 bi|逄 pang|卜 bu
应 ying|纪 ji|葛 ge|谌 chen shen|幺 yao|牟 mu mou|祭 zhai|繁 po|薄 bo|乜 nie mie|郇 xun huan|佴 nai
宿 su|过 guo|缴 jiao|撒 sa|车 che|那 na|都 du|能 nai|隗 wei kui|要 yao|占 zhan|贾 jia|覃 qin tan|沈 shen
句 gou|仉 zhang|訾 zi|迮 ze|訚 yin|库 she|厍 she|教 jiao|亓 qi|角 jue|相 xiang|藏 zang|臧 zang|柏 bai bo
费 fei bi|宁 ning|虢 guo|行 xing|粘 nian|颉 xie|阙 que|仝 tong|笪 da|会 gui|哈 ha|尉 wei|盛 sheng|石 shi
叶 ye|谷 gu|尹 yin|俞 yu|余 yu|晟 cheng|郗 xi chi|郤 xi|洪 hong|红 hong|阚 kan|瞿 qu|强 qiang|曲 qu
重 chong|长 chang|适 kuo|逯 lu|暴 bao|鲍 bao|妫 gui|芮 rui|晏 yan|邸 di|令 ling|那 na|弗 fei|缑 gou
吕 lv lu lyu|闾 lv lu|律 lv|鹿 lu|侣 lv|女 ru nv|万 wan|尧 yao|邝 kuang|源 yuan|岑 cen|植 zhi|麦 mai
莫 mo|骆 luo|欧 ou|利 li|练 lian|阮 ruan|宾 bin|游 you|涂 tu|凃 tu|冯 feng|褚 chu|禚 zhuo|鄢 yan
"""

_COMPOUND = """
欧阳 ouyang|司徒 situ|上官 shangguan|司马 sima|诸葛 zhuge|尉迟 yuchi|万俟 moqi|长孙 zhangsun
澹台 tantai|令狐 linghu|皇甫 huangfu|夏侯 xiahou|公孙 gongsun|慕容 murong|宇文 yuwen|东方 dongfang
独孤 dugu|南宫 nangong|西门 ximen|端木 duanmu|轩辕 xuanyuan|钟离 zhongli|鲜于 xianyu|闻人 wenren
申屠 shentu|太史 taishi|呼延 huyan|赫连 helian|濮阳 puyang|淳于 chunyu|单于 chanyu|公冶 gongye
百里 baili|东郭 dongguo|歌舒 geshu|拓跋 tuoba|完颜 wanyan|纳兰 nalan|司空 sikong|区阳 ouyang
"""

# Village words of the delta, and characters whose common reading in a given name has an alternative.
_LOCAL = """
涌 chong yong|滘 jiao|埗 bu|涡 wo guo|瀝 li|沥 li|塱 lang|塍 cheng|峡 xia|厦 xia sha|茜 qian xi
圳 zhen|坜 li|冚 kan|氹 dang|凼 dang|屻 ren|岃 ren|漖 jiao|湴 ban|磡 kan|朗 lang|墩 dun|莞 guan wan
乐 le yue|行 xing hang|长 chang zhang|朝 chao zhao|盛 sheng cheng|晟 sheng cheng|重 zhong chong
莘 xin shen|茸 rong|柏 bai bo|瞿 qu|曾 zeng ceng|都 du dou|洋 yang|翟 zhai di|炅 jiong gui|叶 ye xie
堃 kun|喆 zhe|垚 yao|淼 miao|鑫 xin|森 sen|焱 yan|犇 ben|骉 biao|𠮷 ji|㛃 jie|甯 ning|瑒 yang chang
玚 yang chang|婼 ruo chuo|珺 jun|玥 yue|昇 sheng|濬 jun|乾 qian gan|粤 yue|婷 ting|俊 jun|娜 na nuo
露 lu|藏 zang cang|秘 mi|给 ji|色 se|会 hui|石 shi|沓 ta|单 dan|解 jie|查 cha|仇 chou|盖 gai|区 qu
华 hua|任 ren|朴 pu|种 zhong|尉 wei|缪 miao|绿 lv|吕 lv|旅 lv|女 nv|率 shuai|思 si|阿 a|和 he|楠 nan
"""


def _table(text: str) -> dict[str, tuple[str, ...]]:
    entries = (entry.split() for line in text.split("\n") for entry in line.split("|") if entry)
    return {word: tuple(readings) for word, *readings in entries}


SURNAMES = _table(_SURNAMES)
COMPOUND = _table(_COMPOUND)
LOCAL = _table(_LOCAL)

_FINALS = str.maketrans({"ü": "v", "ê": "e", "ɡ": "g"})


def _plain(reading: str) -> str:
    """Take the tone marks off: lǜ → lv."""
    spread = unicodedata.normalize("NFD", reading)
    joined = "".join(mark for mark in spread if not unicodedata.combining(mark) or mark == "\u0308")
    return unicodedata.normalize("NFC", joined).translate(_FINALS)


@cache
def _dictionary() -> dict[int, str]:
    # Imported when first needed: the library takes a fifth of a second to load.
    from pypinyin.constants import PINYIN_DICT

    return dict(PINYIN_DICT)


@cache
def syllables(character: str) -> tuple[str, ...]:
    """Return the readings of one character, the likeliest first; nothing for an unknown one."""
    if character in LOCAL:
        return LOCAL[character]
    found = _dictionary().get(ord(character))
    return (_plain(found.split(",")[0]),) if found else ()


@cache
def family_syllables(family: str) -> tuple[str, ...]:
    """Return the readings of a family name, the likeliest first."""
    if family in COMPOUND:
        return COMPOUND[family]
    if family in SURNAMES:
        return SURNAMES[family]
    return readings_of(family)


def readings_of(text: str, most: int = 4) -> tuple[str, ...]:
    """Return up to `most` readings of several characters, joined: 涌 gives chong and yong."""
    joined = [""]
    for character in text:
        options = syllables(character)
        if options:
            joined = [start + option for start in joined for option in options][:most]
    return tuple(dict.fromkeys(reading for reading in joined if reading))
