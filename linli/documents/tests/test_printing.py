"""Papers as they come out of the typesetting program."""

import re
from pathlib import Path
from typing import Any

import pytest

from linli.documents.clients import printing
from linli.documents.errors import TemplateBroken
from linli.documents.queries import words_of_paper
from linli.documents.rules import papers as rules
from linli.documents.types import TEMPLATES

PRINT = Path(printing.PACKAGE) / "documents" / "print"


def doc(**more: Any) -> dict[str, Any]:
    address = "https://linli.example/q/K7QM3XRW22"
    return {
        "title": "关于村务公开的通知", "number": "示范村发〔2026〕5号", "code": "K7QM3XRW22",
        "url": address, "qr": printing.qr_image(address), "office": "示范一村村民委员会",
        "issued_on": [2026, 11, 24], "issued_text": "2026年11月24日", "template": "documents.letter",
        "needs_seal": True, "is_demo": False, "lang": "zh", "region": "cn",
        "words": {**words_of_paper(), "colon": "："}, **more,
    }  # fmt: skip


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf)) or int(
        max(re.findall(rb"/Count (\d+)", pdf), default=b"0")
    )


@pytest.fixture
def official(tmp_path: Path, monkeypatch) -> Any:
    """Set bare lines in the official layout, without head and foot."""

    def pages_of(lines: list[str]) -> int:
        import typst

        source = (
            '#import "/documents/print/official.typ": *\n'
            '#show: official.with(head: false, title: "")\n'
            "#set par(first-line-indent: 0em)\n" + "\n\n".join(lines)
        )
        import json

        compiler = typst.Compiler(
            source.encode(),
            root=printing.PACKAGE,
            font_paths=printing.fonts(),
            ignore_system_fonts=True,
            sys_inputs={"doc": json.dumps(doc()), "data": "{}"},
        )
        png = compiler.compile(format="png", ppi=10)
        return len(png) if isinstance(png, list) else 1

    return pages_of


def test_a_page_of_the_official_layout_holds_22_lines(official) -> None:
    assert official(["文"] * 22) == 1
    assert official(["文"] * 23) == 2


def test_a_line_of_the_official_layout_holds_28_characters(official) -> None:
    assert official(["文" * 28] * 22) == 1
    assert official(["文" * 29] + ["文" * 28] * 21) == 2


def test_a_paper_says_title_language_and_date_to_programs() -> None:
    data = {"addressee": "各村民小组", "text": ["请于月底前完成。"], "copies": None}
    paper = printing.set_paper("documents/print/letter.typ", doc(), data)

    assert paper.pdf.startswith(b"%PDF-1.")
    xmp = paper.pdf.decode("utf-8", "ignore")
    assert "关于村务公开的通知" in xmp
    assert re.search(r"<rdf:li>zh", xmp)
    assert "2026-11-24" in xmp
    assert "pdfaid:part" in xmp
    assert "pdfuaid:part" in xmp


def test_the_same_facts_make_the_same_bytes() -> None:
    data = {"addressee": None, "text": ["一样。"], "copies": None}
    one, other = (printing.set_paper("documents/print/letter.typ", doc(), data) for _ in range(2))
    assert one.pdf == other.pdf


@pytest.mark.parametrize(
    "name", ["𠮷", "㛃", "滘", "埗", "<script>", "%", "#strong[x]", "$x$", "“”", "A"]
)
def test_names_are_printed_as_they_are_and_never_run(name: str) -> None:
    data = {"addressee": name, "text": [name * 3], "copies": name}
    paper = printing.set_paper("documents/print/letter.typ", doc(title=name), data)
    assert paper.unprintable == ""


def test_a_character_that_no_font_has_is_left_blank_and_named() -> None:
    data = {"addressee": "𪚥", "text": ["x"], "copies": None}
    paper = printing.set_paper("documents/print/letter.typ", doc(), data)

    assert paper.unprintable == "𪚥"
    assert paper.pdf.startswith(b"%PDF-1.")


def test_data_that_a_template_misses_stop_the_paper() -> None:
    with pytest.raises(TemplateBroken):
        printing.set_paper("documents/print/letter.typ", doc(), {})


def test_only_our_own_fonts_are_used() -> None:
    families = {(font.family, font.weight) for font in printing.fonts().fonts()}
    assert families == {
        ("Noto Sans SC", 400), ("Noto Sans SC", 700), ("Noto Serif SC", 400),
        ("Noto Serif SC", 700), ("Noto Serif JP", 400),
    }  # fmt: skip


def test_no_template_of_any_app_has_a_picture_or_reads_a_file() -> None:
    faults = {
        template.key: rules.template_faults((printing.PACKAGE / template.source).read_text())
        for template in TEMPLATES
    }
    assert {key: found for key, found in faults.items() if found} == {}


def test_layouts_other_than_the_base_have_no_picture_either() -> None:
    layouts = [path for path in PRINT.glob("*.typ") if path.name != "paper.typ"]
    assert len(layouts) >= 7
    assert [path.name for path in layouts if rules.template_faults(path.read_text())] == []


@pytest.mark.parametrize("layout", ["notice", "form", "list"])
@pytest.mark.parametrize("is_demo", [False, True])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_layout_can_be_set(
    layout: str, is_demo: bool, lang: str, tmp_path: Path, monkeypatch
) -> None:
    body = {
        "notice": '#show: notice.with(period: "1", contact: "2", objection: "3")\n文字',
        "form": '#show: form\n#facts((("a","b"),("c","d")))\n#room("x")\n#signatures(("甲","乙"))',
        "list": '#show: list-paper\n#rows-table(((title:"a"),(title:"b",share:2,align:"right")), (("1","2"),)*80, total: ("合计","2"))',
    }[layout]
    folder = printing.PACKAGE / "documents" / "print"
    source = tmp_path / "x.typ"
    source.write_text(f'#import "/documents/print/{layout}.typ": *\n{body}')
    monkeypatch.setattr(printing, "PACKAGE", tmp_path)
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "print").symlink_to(folder)

    paper = printing.set_paper("x.typ", doc(is_demo=is_demo, lang=lang), {})

    assert paper.pdf.startswith(b"%PDF-1.")
