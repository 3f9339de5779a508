"""Which words accuse an official, and whom they name (AP-07)."""

import pytest

from linli.cases.queries.accusing import wording
from linli.cases.rules.accusing import accuses, names_in, titles_in


@pytest.mark.parametrize(
    "text",
    [
        "举报村主任何伟明贪污受贿",
        "我要检举我们镇的副镇长",
        "有人收受红包",
        "村里的低保款被截留",
        "控告居委会不公开账目",
        "I want to accuse an official of the town",
        "he was bribed",
        "书记收钱",
        "何伟明书记收了包工头的钱",
        "干部上班打麻将，办事要送烟",
        "书记何伟明把我家宅基地占了，要求归还",
        "the mayor took some money",
    ],
)
def test_words_that_accuse(text: str) -> None:
    assert accuses(text, wording())


@pytest.mark.parametrize(
    "text",
    [
        "路灯不亮",
        "村主任说下周修路",
        "举报楼下餐馆排油烟",
        "举报工地半夜施工，吵得睡不着，打了好几次电话都没有人管，请村委会看看",
        "书记辛苦了，表扬",
        "楼下天天打麻将，太吵，请村委会管管",
        "村委会收卫生费的时间是几点",
        "红包墙被人弄脏了",
        "物业收了三次停车的钱",
        "村委会旁边的车位被外来车占了",
        "I report a dark lamp",
        "",
    ],
)
def test_words_that_do_not(text: str) -> None:
    assert not accuses(text, wording())


def test_titles_are_read_as_posts_end_on_them() -> None:
    assert titles_in("举报村主任和镇长", wording()) == ["主任", "镇长"]
    assert titles_in("举报副主任", wording()) == ["副主任"]
    assert "镇长" in titles_in("举报镇长", wording())
    assert titles_in("路灯不亮", wording()) == []


def test_names_of_one_sign_name_nobody() -> None:
    assert names_in("举报何伟明", ["何伟明", "何", "李四"]) == ["何伟明"]
