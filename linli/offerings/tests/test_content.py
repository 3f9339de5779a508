"""The items that the package brings along: complete, lawful in shape, and kind to who comes with little."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from linli.offerings.queries.item_files import held_words
from linli.offerings.rules.item_lint import register_of
from linli.ui import kit_rows
from tests.each import each

DATA = Path(__file__).parents[1] / "data"
HAN = re.compile(r"[\u4e00-\u9fff]")
BARE = {
    "有",
    "没有",
    "无",
    "是",
    "不是",
    "要",
    "不要",
    "会",
    "不会",
    "Yes",
    "No",
    "With",
    "Without",
    "Here",
    "Elsewhere",
    "Other",
}
HUKOU = re.compile(r"hukou|户口|户籍")
# what a register of the city has; an applicant brings one only where it must be given back or comes from elsewhere
COMMITTEE_PROOF = re.compile("(村|居|社区)[^，。]{0,8}(出具|开具|开)[^，。]{0,6}证明")


def load(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)


ITEMS: list[tuple[str, dict[str, Any]]] = [
    (path.stem, item) for path in sorted((DATA / "items").glob("*.yaml")) for item in load(path)
]
EVENTS = load(DATA / "life_events.yaml")
QUESTIONS = list(csv.DictReader((DATA / "guide_questions.csv").open(encoding="utf-8")))


def of(_file: str, item: dict[str, Any]) -> str:
    return str(item["key"])


def parts(item: dict[str, Any]) -> list[dict[str, Any]]:
    return [*item["conditions"], *item["materials"]]


def texts(item: dict[str, Any]) -> list[dict[str, str]]:
    """Every pair of Chinese and English in an item."""
    pairs = [item["name"], item["says"], item["office"], item["result"], *parts(item)]
    pairs += [one["note"] for one in item["materials"] if "note" in one]
    for question in item["questions"]:
        pairs += [question["ask"], *question["options"]]
    if "refused" in item:
        pairs.append(item["refused"]["instead"])
    return pairs


def test_there_are_a_hundred_and_fifty_items_of_real_life_and_no_key_comes_twice() -> None:
    keys = Counter(item["key"] for _, item in ITEMS)

    assert [key for key, times in keys.items() if times > 1] == []
    assert sum(item["kind"] != "refused" for _, item in ITEMS) >= 150


@each(ITEMS, of)
def test_an_item_says_all_in_chinese_and_in_english(_file: str, item: dict[str, Any]) -> None:
    for pair in texts(item):
        assert HAN.search(pair["zh"]), pair
        assert pair["en"].strip() and not HAN.search(pair["en"]), pair


@each(ITEMS, of)
def test_answers_shorten_the_list_and_each_question_has_a_use(
    _file: str, item: dict[str, Any]
) -> None:
    known = {one["key"]: {o["key"] for o in one["options"]} for one in item["questions"]}
    used = set()
    for part in parts(item):
        for question, options in part.get("when", {}).items():
            used.add(question)
            # what holds for every answer asks for nothing
            assert set(options) < known[question], (question, options)

    assert used == set(known)
    assert all(len(options) > 1 for options in known.values())


@each(ITEMS, of)
def test_an_answer_is_understood_without_its_question(_file: str, item: dict[str, Any]) -> None:
    """On paper it stands behind “only for”."""
    for question in item["questions"]:
        for option in question["options"]:
            assert option["zh"] not in BARE and option["en"] not in BARE, option


@each(ITEMS, of)
def test_nobody_is_asked_for_hukou_first(_file: str, item: dict[str, Any]) -> None:
    for first in item["questions"][:1]:
        assert not HUKOU.search(first["key"] + first["ask"]["zh"])


@each(ITEMS, of)
def test_what_a_register_holds_is_looked_up_and_not_asked_for(
    _file: str, item: dict[str, Any]
) -> None:
    """PS-02: what can be had by sharing may not be asked of the applicant."""
    registers = {one["zh"] for one in load(DATA / "registers.yaml")}
    for one in item["materials"]:
        if one["by"] == "sharing":
            assert one["source"] in registers and one["form"] == "e_certificate", one
        else:
            assert one["source"] is None, one
            why = one.get("why") or {}
            assert not register_of(one["zh"], held_words()) or (why["zh"] and why["en"]), one
        assert not COMMITTEE_PROOF.search(one["zh"]), one


@each(ITEMS, of)
def test_no_promise_is_longer_than_the_law_allows(_file: str, item: dict[str, Any]) -> None:
    statutory, promised = item["statutory"], item["promised"]

    if item["kind"] == "refused":
        assert statutory is None and promised is None
        return
    assert promised["days"] >= 1 and promised["unit"] in {"working", "calendar"}
    if statutory:
        assert statutory["unit"] == promised["unit"] and promised["days"] <= statutory["days"]
        assert statutory["source"] and statutory["certainty"] in {"sure", "check"}


@each(ITEMS, of)
def test_an_item_names_its_law_and_a_fee_its_basis(_file: str, item: dict[str, Any]) -> None:
    assert item["basis"] and item["certainty"] in {"sure", "check"}
    for law in item["basis"]:
        assert law["title"] and law["certainty"] in {"sure", "check"}
    assert item["fee"]["fen"] == 0 or item["fee"]["basis"]


@each(ITEMS, of)
def test_an_item_has_short_words_that_people_say(_file: str, item: dict[str, Any]) -> None:
    words = item["synonyms"]

    assert len(words) >= 3 and len(set(words)) == len(words)
    assert all(0 < len(word) <= 12 for word in words), words


@each(ITEMS, of)
def test_an_item_stands_in_the_file_of_its_first_life_event(
    file: str, item: dict[str, Any]
) -> None:
    assert item["events"][0] == file
    assert set(item["events"]) <= {one["key"] for one in EVENTS}


def test_every_life_event_has_items_and_a_sign_that_exists() -> None:
    count = Counter(event for _, item in ITEMS for event in item["events"])
    signs = set(re.findall(r'symbol id="([^"]+)"', kit_rows.SIGNS.read_text("utf-8")))

    for event in EVENTS:
        assert count[event["key"]] >= 5, event
        assert event["icon"] in signs, event
    assert len({one["zh"] for one in EVENTS}) == len({one["en"] for one in EVENTS}) == len(EVENTS)


def test_twenty_proofs_are_refused_and_each_says_where_to_go() -> None:
    """CE-01 to CE-20: nothing is asked for, nothing is paid, a way is told."""
    refused = [item for _, item in ITEMS if item["kind"] == "refused"]

    assert sorted(one["refused"]["rule"] for one in refused) == [
        f"CE-{number:02d}" for number in range(1, 21)
    ]
    for one in refused:
        assert one["materials"] == one["conditions"] == one["questions"] == []
        assert one["fee"]["fen"] == 0
        assert len(one["refused"]["instead"]["zh"]) > 10
    others = [item for _, item in ITEMS if item["kind"] != "refused"]
    assert [one["key"] for one in others if "refused" in one] == []


def test_a_hundred_questions_of_residents_lead_to_items_that_exist() -> None:
    keys = {item["key"] for _, item in ITEMS}

    assert len(QUESTIONS) == 100 == len({one["question"] for one in QUESTIONS})
    assert {one["key"] for one in QUESTIONS} <= keys
    assert Counter(one["language"] for one in QUESTIONS) == {"zh": 85, "en": 15}


def test_the_questions_are_not_the_words_of_the_items_themselves() -> None:
    said = {(item["key"], word) for _, item in ITEMS for word in item["synonyms"]}
    said |= {(item["key"], item["name"][code]) for _, item in ITEMS for code in ("zh", "en")}

    asked = {(one["key"], one["question"]) for one in QUESTIONS}

    assert asked & said == set()
