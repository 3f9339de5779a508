"""Dates, departments, numbers and forces, one by one."""

from __future__ import annotations

from datetime import date

import pytest

from linli.plan.reading import UnreadableText, dates, decode, departments, mentions, read_plan
from linli.plan.reading.measures import pieces
from linli.plan.reading.plain import number, plain
from linli.plan.reading.unit_words import amount_words
from linli.plan.reading.values import find as amounts


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2021年6月底前", "2021-06-01", "2021-06-30"),
        ("2021.6", "2021-06-01", "2021-06-30"),
        ("2021-06-30", "2021-06-30", "2021-06-30"),
        ("2021/6/30", "2021-06-30", "2021-06-30"),
        ("２０２１年１２月", "2021-12-01", "2021-12-31"),
        ("二〇二一年六月底前", "2021-06-01", "2021-06-30"),
        ("年底前", "2021-01-01", "2021-12-31"),
        ("今年12月底", "2021-12-01", "2021-12-31"),
        ("本年第三季度", "2021-07-01", "2021-09-30"),
        ("2022年上半年", "2022-01-01", "2022-06-30"),
        ("明年上半年", "2022-01-01", "2022-06-30"),
        ("2021年9月中旬", "2021-09-01", "2021-09-20"),
        ("“十四五”期间", "2021-01-01", "2025-12-31"),
        ("“十三五”期末", "2016-01-01", "2020-12-31"),
        ("2021年3月—4月", "2021-03-01", "2021-04-30"),
        ("2021年5月至2022年10月", "2021-05-01", "2022-10-31"),
        ("2020年2月底前", "2020-02-01", "2020-02-29"),
    ],
)
def test_a_date_is_read(words: str, first: str, last: str) -> None:
    text = plain(words)
    read = dates.find(text, 0, len(text), 2021)
    assert [(d.first, d.last) for d in read] == [
        (date.fromisoformat(first), date.fromisoformat(last))
    ]


@pytest.mark.parametrize("words", ["2016年以来", "2016年度", "文号2021123", "96.5%", "1—5年级"])
def test_what_is_no_date_is_left_alone(words: str) -> None:
    text = plain(words)
    assert dates.find(text, 0, len(text), None) == []


@pytest.mark.parametrize("words", ["从2021年起", "2021年", "自2021年3月开始"])
def test_a_beginning_is_no_deadline(words: str) -> None:
    text = plain(words)
    assert [d.due for d in dates.find(text, 0, len(text), None)] == [False]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("做好。（牵头单位：市民政局；配合单位：市财政局、市司法局）", "市民政局 市财政局 市司法局"),
        ("做好。责任单位：市委组织部，各镇街", "市委组织部 各镇街"),
        ("由市民政局牵头，市财政局、市司法局配合。", "市民政局 市财政局 市司法局"),
        ("做好（市民政局牵头，市财政局、市司法局按职责分工负责）", "市民政局 市财政局 市司法局"),
        ("做好。[市民政局、市财政局和市司法局]", "市民政局 市财政局 市司法局"),
        ("很好。市民政局 市财政局 市司法局", "市民政局 市财政局 市司法局"),
        ("好。责任单位：市民政局/市财政局", "市民政局 市财政局"),
        ("完成。市民政局市财政局负责", "市民政局 市财政局"),
        ("（责任单位：市委组织部，各县（市、区）党委）", "市委组织部 各县（市、区）党委"),
        ("完成。配合单位：市财政局；牵头单位：市民政局", "市民政局 市财政局"),
        ("回归本位市民政局、市农业局", "市民政局 市农业局"),
        ("市发展和改革局、市住房和城乡建设局和市文化和旅游局",
         "市发展和改革局 市住房和城乡建设局 市文化和旅游局"),
        ("（市民政局（牵头）、市财政局）", "市民政局 市财政局"),
        ("各镇街要做好工作，责任单位为市民政局。", "市民政局"),
    ],
)  # fmt: skip
def test_departments_are_found_and_the_leading_one_told(words: str, names: str) -> None:
    text = plain(words)
    read = mentions.in_block(text, 0, len(text))
    every = departments.in_order([entry for mention in read for entry in mention.entries])
    leading = [words[word.start : word.end] for word, leads in every if leads]
    others = [words[word.start : word.end] for word, leads in every if not leads]
    assert " ".join(leading + others) == names


@pytest.mark.parametrize(
    "words",
    ["成立领导小组", "建成综合服务中心", "按照“五化”(设施、内容)", "镇(街道、园区)要落实。"],
)
def test_prose_that_ends_like_a_department_is_none(words: str) -> None:
    text = plain(words)
    assert mentions.in_block(text, 0, len(text)) == []


@pytest.mark.parametrize(
    ("sentence", "forces"),
    [
        ("规范竞争行为,探索公开演说", ["require", "explore"]),
        ("各镇要积极通过财政奖补,引导和鼓励村民议事", ["require"]),
        ("继续采取“以奖代补”的方式,鼓励村(社区)建设中心", ["encourage"]),
        ("提倡直接选举,扩大比例,到2017年底,参选率要达到90%", ["encourage", "require"]),
        ("力争到2018年底,每个社区拥有5个组织", ["strive"]),
        ("镇(街道)可视情况给予补助", ["may"]),
        ("建立制度,为推广探索路径和积累经验", ["require"]),
        ("完善重要事项决定机制", ["require"]),
    ],
)
def test_a_sentence_is_cut_where_its_force_changes(sentence: str, forces: list[str]) -> None:
    text = plain(sentence)
    assert [piece.force for piece in pieces(text, 0, len(text))] == forces


@pytest.mark.parametrize(
    ("sentence", "operator", "value"),
    [
        ("合格率达到90%以上", ">=", "90"),
        ("覆盖率达到100%", "=", "100"),
        ("覆盖率达到百分之八十", ">=", "80"),
        ("投诉率控制在5%以内", "<=", "5"),
        ("实现村(社区)全覆盖", "=", "100"),
        ("至少选聘1名副书记", ">=", "1"),
        ("每个社区拥有10个以上的组织", ">=", "10"),
        ("党员超过或接近50人的,成立党总支", "over_or_near", "50"),
        ("在虎门、东城等4个镇(街道)试点的基础上", "=", "4"),
        ("按照“五化”(甲标准、乙标准、丙标准、丁标准、戊标准)的要求", "all", "5"),
    ],
)
def test_an_amount_is_read(sentence: str, operator: str, value: str) -> None:
    text = plain(sentence)
    assert [(a.operator, a.value) for a in amounts(text, 0, len(text))] == [(operator, value)]


@pytest.mark.parametrize(
    "sentence",
    [
        "按照全覆盖、保基本、促完善的要求",
        "建设“两个中心”",
        "推进一二三产业联动",
        "市、镇两级要举办培训",
    ],
)
def test_what_is_no_amount_is_left_alone(sentence: str) -> None:
    text = plain(sentence)
    assert amounts(text, 0, len(text)) == []


@pytest.mark.parametrize(
    ("word", "value"), [("十", 10), ("二十一", 21), ("12", 12), ("一百零五", 105)]
)
def test_chinese_numbers(word: str, value: int) -> None:
    assert number(word) == value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encodings_of_the_offices_are_read(encoding: str) -> None:
    assert decode("一、工作目标\r\n二、工作任务".encode(encoding)) == "一、工作目标\r\n二、工作任务"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf  ", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        (b"GIF89a", "picture"),
        (b"%PDF-1.7", "pdf"),
        (b"PK\x03\x04word/document.xml", "office_file"),
        (bytes(range(256)) * 8, "unknown_encoding"),
        ("一\x00\x01\x02".encode() * 40, "binary"),
        (b"plain English without any tasks", "no_chinese"),
    ],
)
def test_what_is_no_text_of_a_plan_is_refused_with_its_name(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableText) as refused:
        decode(data)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("words", "is_due"),
    [
        ("2026年2月30日前", True),
        ("2026-02-29前", True),
        ("2026年4月31日", False),
        ("力争到2026.6.31", True),
        ("2026年2月30日至2026年6月30日", True),
        ("4月31日前", True),
    ],
)
@pytest.mark.parametrize("year", [2026, None])
def test_a_day_that_no_calendar_has_is_read_as_such(
    words: str, is_due: bool, year: int | None
) -> None:
    text = plain(words)

    (read,) = dates.find(text, 0, len(text), year)

    assert read.is_impossible
    assert (read.first, read.last, read.due, read.guess) == (None, None, is_due, "")


def test_the_29th_of_february_is_a_day_in_a_leap_year_only() -> None:
    text = plain("2028年2月29日前")

    assert [d.last for d in dates.find(text, 0, len(text), None)] == [date(2028, 2, 29)]


def test_a_sign_that_does_not_fit_never_sinks_silently_into_the_task_above() -> None:
    read = read_plan(
        "某市实施方案\n\n一、主要任务\n1. 建站点。（市民政局）\nⅠ. 资金保障\n由市财政局负责。\n"
        "2. 育人才。（市人社局）\n第三条 立制度。由市司法局牵头，市民政局配合，长期坚持。\n"
    )

    assert [(t.title, t.lead, t.participants) for t in read.tasks] == [
        ("建站点", "市民政局", []),
        ("育人才", "市人社局", []),
        ("立制度", "市司法局", ["市民政局"]),
    ]
    assert [(g.code, g.raw) for g in read.guesses] == [
        ("numbering_inside", "Ⅰ. 资金保障"),
        ("numbering_changed", "第三条 立制度。"),
    ]


def test_ratios_sums_and_doublings_become_targets_and_what_does_not_is_named() -> None:
    read = read_plan(
        "某市实施方案\n\n一、主要任务\n1. 建组织。每万人拥有社会组织5个以上，到2028年社会组织数量翻一番。（市民政局）\n"
        "2. 给资金。市财政每年安排3000万元，增幅两倍。（市财政局）\n"
    )

    got = [(t.task, t.operator, t.value, t.unit) for t in read.targets]
    assert got == [
        (1, ">=", "5", "organisations per 10,000 persons"),
        (1, "=", "200", "percent of before"),
        (2, "=", "3000", "ten thousand yuan"),
    ]
    assert [(u.code, u.raw) for u in read.unread] == [("amount_unread", "两倍")]
    assert amount_words(*got[0][1:]) == "≥ 5 个组织/万人"
