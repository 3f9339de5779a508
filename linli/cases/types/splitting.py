"""What a case is split into, as it is asked for."""

from __future__ import annotations

from dataclasses import dataclass

LEAST_PARTS, MOST_PARTS = 2, 20


@dataclass(frozen=True, slots=True)
class PartWanted:
    """A part of a case: its title, and what it is about, where it goes and which photos belong to it.

    Without a category it is that of the whole; without a post the rules send it. `photos` are codes
    of files of the whole. The whole waits for a part that `is_required`.
    """

    title: str
    category_id: int | None = None
    post_id: int | None = None
    is_required: bool = True
    photos: tuple[str, ...] = ()
