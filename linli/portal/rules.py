"""Which of the due work somebody asked for."""

from __future__ import annotations

from datetime import date, timedelta

from linli.kernel.contributions import DeskItem

WEEK = timedelta(days=7)
VIEWS = ("all", "late", "today", "week")


def fits(item: DeskItem, view: str, today: date) -> bool:
    """Say whether work belongs to a view of the desk: late, due today, due today or within seven days, all."""
    due = item.due_on
    if view == "late":
        return due is not None and due < today
    if view == "today":
        return due == today
    if view == "week":
        return due is not None and today <= due <= today + WEEK
    return True


def is_asked(item: DeskItem, kind: str, word: str) -> bool:
    """Say whether work is of the kind that was asked for and names the word."""
    texts = (item.title, item.number, item.holder)
    return (not kind or str(item.kind) == kind) and (
        not word or any(word.lower() in text.lower() for text in texts)
    )
