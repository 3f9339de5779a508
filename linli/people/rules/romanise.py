"""Family names as written on papers of Hong Kong, Macau, Taiwan and overseas.

CHAN on a home-return permit is 陈: the clerk types what she reads, and finds the person.
"""

from __future__ import annotations

_CANTONESE = """
chan 陈|wong 黄王汪|leung 梁|leong 梁|cheung 张章蒋|cheong 张章|lam 林|ng 吴伍|lee 李|li 李|lei 李
lau 刘|lao 刘|low 刘罗|cheng 郑程|cheuk 卓|ho 何|yeung 杨|ieong 杨|yeong 杨|tsang 曾|chang 曾张郑
tse 谢|che 谢车|yip 叶|ip 叶|yap 叶|fung 冯|fong 方邝冯|kwok 郭|kuok 郭|kwong 邝|mak 麦|mac 麦
chow 周邹|chau 周邹|chao 周赵|choi 蔡崔|tsoi 蔡|choy 蔡|lo 罗卢|law 罗|lou 卢罗|loo 卢|lok 骆|tang 邓
tam 谭|tham 谭|hom 谭|hui 许|hoi 许|kong 江孔邝|tsui 徐崔|chui 徐崔|so 苏|sou 苏|siu 萧肖邵|sio 萧肖
shiu 邵萧|poon 潘|pun 潘|pang 彭|yuen 袁阮源|un 袁阮源|yu 余于俞庾|u 余于|yee 余易|yue 余|iu 姚饶|yiu 姚
io 姚|mok 莫|man 文万|lui 吕雷|loi 雷吕|luk 陆|kwan 关|kuan 关|kan 简|hung 洪熊孔|hong 洪|hau 侯|fu 傅符
foo 傅符|fok 霍|huo 霍|chung 钟|chong 钟庄|chu 朱|chiu 赵招|chio 赵|chin 钱陈甄|chun 陈秦|au 区欧|ou 区欧
auyeung 欧阳|auyeong 欧阳|sze 施司史|si 施史|szeto 司徒|seto 司徒|shum 沈岑|sum 沈岑|sham 岑沈|suen 孙
sun 孙|shek 石|seak 石|she 佘|see 施|to 杜陶涂|tou 杜|tong 唐汤|tung 董佟|ting 丁|tin 田|tso 曹|chou 曹周
wai 韦卫|wei 韦|wan 温尹云|wen 温|wu 胡吴邬|woo 胡|vu 胡|yau 邱丘游|iao 邱丘游|yam 任|yum 任|yan 甄殷欧
yun 甄|ying 英应|yung 容翁|iong 容翁|vong 黄王|kam 甘金|kum 甘金|kei 纪祁|ko 高古|kou 高|ku 古顾|kwu 古
kung 龚孔|lai 黎赖|lay 黎|ling 凌|liu 廖|lio 廖|lim 林|tan 陈|ong 王翁|teo 张|goh 吴|tay 郑|koh 许|sim 沈
yeo 杨|chua 蔡|chuah 蔡|lung 龙|long 龙|hon 韩|han 韩|chai 齐柴|nip 聂|nieh 聂|sung 宋|song 宋|hsu 许徐
hsieh 谢|tsai 蔡|chiang 蒋江姜|keung 姜|keong 姜|hsiao 萧肖|kuo 郭|teng 邓|tseng 曾|tu 杜涂|yeh 叶
tsao 曹|chien 钱简|hsiung 熊|hsueh 薛|sit 薛|sek 石|kiu 乔|hor 何|mui 梅|moy 梅|mei 梅|yick 易|yik 易
fan 范樊|pak 白|pai 白|bak 白|pao 包|pau 包鲍|pai 白|ma 马|mah 马|yim 严|im 严|yin 殷|lin 练连|lien 连
lin 连林|kim 金|king 景|wah 华|wa 华|kwai 桂|kou 高|ngai 倪魏危|ngan 颜|ngaan 颜|gan 颜简|ha 夏|hsia 夏
mo 毛巫|mou 毛|mow 毛|pui 贝裴|poei 贝|shing 成盛|sing 成|shi 施史|tai 戴|tsin 钱|chi 池|wing 荣永|yue 余
"""


def _pairs() -> dict[str, tuple[str, ...]]:
    pairs: dict[str, list[str]] = {}
    for entry in _CANTONESE.replace("\n", "|").split("|"):
        if entry:
            written, families = entry.split()
            names = [families] if families in ("欧阳", "司徒") else list(families)
            pairs.setdefault(written, []).extend(names)
    return {written: tuple(dict.fromkeys(names)) for written, names in pairs.items()}


FAMILIES = _pairs()


def families_written(text: str) -> tuple[str, ...]:
    """Return the family names that may stand behind a romanised one: CHAN → 陈."""
    return FAMILIES.get(text.lower().replace("-", "").replace(" ", ""), ())
