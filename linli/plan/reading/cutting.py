"""Titles of any length, cut to what a title may have: a paragraph without a heading is none."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from linli.plan.reading.shape import Guess, Heading, Passage, PlanRead, Stage, Task

LONGEST, TOLD = 200, 40
Titled = TypeVar("Titled", Heading, Task, Stage, Passage)


def cut_titles(read: PlanRead) -> None:
    """Cut what is too long, and tell each as a guess. The items keep their whole stretch."""
    if len(read.title) > LONGEST:
        at = max(read.text.find(read.title), 0)
        read.guesses.append(_guess(read.title, at))
        read.title = read.title[:LONGEST]
    read.parts = [_cut(read, one) for one in read.parts]
    read.groups = [_cut(read, one) for one in read.groups]
    read.tasks = [_cut(read, one) for one in read.tasks]
    read.stages = [_cut(read, one) for one in read.stages]
    read.passages = [_cut(read, one) for one in read.passages]


def _cut(read: PlanRead, one: Titled) -> Titled:
    if len(one.title) <= LONGEST:
        return one
    read.guesses.append(_guess(one.title, max(read.text.find(one.title, one.start), one.start)))
    return replace(one, title=one.title[:LONGEST])


def _guess(title: str, at: int) -> Guess:
    return Guess("title_cut", title[:TOLD] + "…", title[:TOLD] + "…", at, at + len(title))
