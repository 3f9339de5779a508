"""Plans of other cities: other numbering, brackets, tables and habits with dates."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.plan.reading import read_plan
from linli.plan.reading.account import characters, item_spans, rest_spans
from linli.plan.tests.reading.samples import (
    BRACKETS,
    DOTS,
    NUMBERS,
    Sample,
    damaged,
    dongguan,
    found,
    samples,
    share_right,
)

CHINESE = st.text(
    alphabet="一二三（）().、。，：；\n\t| 1234567890年月底前市民政局财政牵头责任单位要鼓励达到90%",
    max_size=300,
)


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_tasks_groups_leads_and_participants_come_out_whole(sample: Sample) -> None:
    assert found(read_plan(sample.text)) == sample.tasks


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_values_and_dates_are_among_the_targets(sample: Sample) -> None:
    read = read_plan(sample.text)
    got = {(t.task, t.value or "", str(t.deadline or "")) for t in read.targets}
    assert set(sample.targets) <= got


@pytest.mark.parametrize(
    ("signs", "share", "least"),
    [
        (DOTS, 0.5, 0.97),
        (DOTS, 1.0, 0.95),
        (BRACKETS, 0.2, 0.95),
        (BRACKETS, 1.0, 0.90),
        (NUMBERS, 0.2, 0.97),
        (NUMBERS, 1.0, 0.97),
        (DOTS + BRACKETS + NUMBERS, 0.2, 0.95),
    ],
)
def test_nine_of_ten_tasks_and_leads_survive_damage(signs: str, share: float, least: float) -> None:
    plans = [(sample.text, sample.tasks) for sample in samples()]
    plans.append((dongguan().text, found(dongguan())))
    texts = [
        (damaged(text, seed, share, signs=signs), wanted)
        for text, wanted in plans
        for seed in range(3)
    ]
    assert share_right(texts) >= least


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_every_character_belongs_to_one_item_or_to_the_rest(sample: Sample) -> None:
    read = read_plan(sample.text)
    spans = sorted(item_spans(read) + rest_spans(read))
    assert spans[0][0] == 0
    assert spans[-1][1] == len(sample.text)
    assert all(a[1] == b[0] for a, b in zip(spans, spans[1:], strict=False))


@settings(max_examples=300, deadline=None)
@given(CHINESE)
def test_no_text_breaks_the_reader_and_none_of_it_is_lost(text: str) -> None:
    read = read_plan(text)
    counted = characters(read)
    assert counted["items"] + counted["rest"] == counted["total"] == len(text)


def test_an_item_is_where_it_says() -> None:
    read = dongguan()
    for task in read.tasks:
        assert task.title in read.text[task.start : task.end]
        assert all(read.text[d.start : d.end] == d.name for d in task.departments)
    for measure in read.measures:
        assert read.text[measure.start : measure.end].strip() == measure.text
