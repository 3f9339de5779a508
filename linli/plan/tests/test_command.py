"""`linli import plan`: tries first, refuses with a clear word, keeps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from linli.cli import plan as module
from linli.plan import imports
from linli.plan.reading.intake import WORDS, WORDS_ZH
from linli.plan.reading.reasons import WHY, WHY_ZH
from linli.plan.types import WHY_WORDS


def run(*arguments: str) -> Result:
    return CliRunner().invoke(module.import_, ["plan", *arguments])


def packaged(tmp_path: Path) -> Path:
    file = tmp_path / "plan.txt"
    file.write_bytes(imports.packaged_text())
    return file


def test_a_dry_run_prints_one_json_object(tmp_path: Path) -> None:
    result = run(str(packaged(tmp_path)), "--dry-run", "--json")
    assert result.exit_code == 0
    found: dict[str, Any] = json.loads(result.stdout)
    assert len(found["tasks"]) == 20
    assert found["tasks"][3]["participants"] == ["市妇联"]
    assert {(t["code"], t["value"], t["date"]) for t in found["targets"]} >= {
        ("T06-1", 100, "2017-04-30"),
        ("T12-1", 100, "2017-02-28"),
        ("T18-1", None, "2020-12-31"),
        ("S01", 100, "2017-02-28"),
    }
    assert {"parts", "guesses", "unread", "measures", "stages", "characters"} <= set(found)


def test_without_json_it_is_told_in_lines(tmp_path: Path) -> None:
    result = run(str(packaged(tmp_path)), "--dry-run")
    assert "规范完善民主选举制度 | 市民政局 + 市妇联" in result.stdout
    assert "20174月底" in result.stdout
    assert "100% 的村" in result.stdout
    assert "全部 6 项" in result.stdout
    assert "percent of" not in result.stdout


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"%PDF-1.7", "PDF"),
        (bytes(range(128, 256)) * 9, "neither UTF-8 nor GB18030"),
        ("今天天气很好。".encode(), "no task"),
    ],
)
def test_what_is_no_plan_is_refused_with_a_clear_word(
    tmp_path: Path, data: bytes, words: str
) -> None:
    file = tmp_path / "plan.txt"
    file.write_bytes(data)
    result = run(str(file), "--dry-run", "--json")
    assert result.exit_code == 3
    assert words in result.stderr
    assert result.stdout == ""


def test_gb18030_reads_like_utf8(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_bytes(imports.packaged_text().decode().encode("gb18030"))
    found = json.loads(run(str(file), "--dry-run", "--json").stdout)
    assert len(found["tasks"]) == 20


PLAN = "某市社区建设实施方案\n\n一、主要任务\n\n（一）{}。{}（市民政局）\n（二）建设平台。（市民政局）\n"


def read_of(tmp_path: Path, title: str, text: str) -> dict[str, Any]:
    file = tmp_path / "plan.txt"
    file.write_text(PLAN.format(title, text))
    return dict(json.loads(run(str(file), "--dry-run", "--json").stdout))


def test_a_day_that_does_not_exist_is_told_and_its_value_read(tmp_path: Path) -> None:
    found = read_of(tmp_path, "公开", "2026年2月30日前，要求各村（社区）100%建立。")

    (target,) = found["targets"]
    assert (target["value"], target["unit"]) == (100, "percent of villages")
    assert (target["date"], target["date_text"]) == (None, "2026年2月30日前")
    (unread,) = found["unread"]
    assert (unread["code"], unread["raw"], unread["line"]) == ("no_such_day", "2026年2月30日", 5)
    assert "no such day" in unread["why"]


def test_a_title_without_end_is_cut_and_told(tmp_path: Path) -> None:
    found = read_of(tmp_path, "建" * 400_000, "2026年6月30日前建成市级平台。")

    assert [len(task["title"]) for task in found["tasks"]] == [200, 4]
    (guess,) = [one for one in found["guesses"] if one["code"] == "title_cut"]
    assert guess["raw"] == "建" * 40 + "…"
    assert guess["end"] - guess["start"] == 400_000


def test_a_title_of_200_characters_stays_whole(tmp_path: Path) -> None:
    found = read_of(tmp_path, "建" * 200, "")

    assert len(found["tasks"][0]["title"]) == 200
    assert found["guesses"] == []


def test_reasons_and_the_closing_line_are_in_the_language_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("某市方案\n\n一、主要任务\n（一）公开。\n（二）建设平台。（市民政局）\n")
    english = run(str(file), "--dry-run").stdout
    monkeypatch.setenv("LINLI_LANGUAGE", "zh-hans")

    chinese = run(str(file), "--dry-run")

    assert "第 4 行：公开 没有读到这项任务的部门。" in chinese.stdout
    assert chinese.stdout.splitlines()[-1].startswith("任务 2 项，指标 0 个；")
    assert "line 4: 公开 No department was found for this task." in english
    assert english.splitlines()[-1].startswith("2 tasks, 0 targets, ")
    file.write_bytes(b"%PDF-1.7")
    assert "PDF" in (refused := run(str(file), "--dry-run").stderr)
    assert "this is" not in refused


def test_every_reason_is_there_in_both_languages() -> None:
    assert set(WHY) == set(WHY_ZH)
    assert set(WORDS) == set(WORDS_ZH)
    assert set(WHY) <= set(WHY_WORDS)
