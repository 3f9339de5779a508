"""What pages of lists that somebody hands in have in common; drawn by ui/parts/handed_in.html."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from linli.kernel.errors import Refusal
from linli.kernel.handed_in import ListState
from linli.kernel.sheets import download
from linli.ui.demo import demo_note

TONES = {
    ListState.RECEIVED: "soon", ListState.MAPPED: "soon", ListState.CHECKED: "soon",
    ListState.RUNNING: "run", ListState.DONE: "done", ListState.DROPPED: "idle",
}  # fmt: skip
FAULT = "fault:"


def columns_sent(
    sent: Mapping[str, Any], headings: Sequence[str], fields: Collection[str]
) -> dict[str, int]:
    """Return the column of each field, as the form of `columns_of_list` sent it."""
    found: dict[str, int] = {}
    for column in range(len(headings)):
        field = sent.get(f"column{column}", "")
        if field in fields:
            found[field] = column
    return found


def fields_of_columns(mapping: Mapping[str, int]) -> dict[str, str]:
    """Return the field of each column, as `columns_of_list` shows what is chosen."""
    return {str(column): field for field, column in mapping.items()}


def reasons(counts: Mapping[str, int], words: Mapping[str, Any]) -> list[tuple[int, Any]]:
    """Return how often rows were refused for which reason, the most frequent first."""
    found = [
        (n, words[key.removeprefix(FAULT)]) for key, n in counts.items() if key.startswith(FAULT)
    ]
    return sorted(found, key=lambda pair: -pair[0])


def beside_the_file(refusal: Refusal) -> dict[str, list[str]]:
    """Return what is wrong with the file, for its field; a refusal of another kind is raised again."""
    if refusal.status != HTTPStatus.UNPROCESSABLE_ENTITY:
        raise refusal
    return {"file": getattr(refusal, "fields", {}).get("file") or [str(refusal)]}


def rows_as_csv(name: str, head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Answer with rows of a list as a file; no cell of others becomes a formula in it."""
    answer = download([head, *rows], name=name, form="csv", note=demo_note())
    answer["Cache-Control"] = "no-store"
    return answer
