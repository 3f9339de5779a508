"""For whom a counter computer counts as the second factor."""

from __future__ import annotations

from collections.abc import Iterable

from linli.access.rules.duties import KEPT_APART

# what one person alone must never open by a password: the three duties, and the first set-up
ALWAYS_TWO_FACTORS = KEPT_APART | {"starter", "full"}
# single permits that only those duties bring
DUTY_PERMITS = ("access.grant", "access.operate", "access.tokens", "access.import")


def counts_at_counter(
    device: str, home: str, posts: Iterable[str], rights: Iterable[tuple[str, str, str]]
) -> bool:
    """Say whether a computer at a place replaces the second factor of an account.

    `device` is the computer's path, `home` where the account is looked after, `posts` are the paths
    of its posts, `rights` are (template, permit, path). All must lie at the computer's place or
    below, and none may be of the three duties that are kept apart (GB/T 22239-2019).
    """
    given = [right for right in rights if right[0] != "resident"]
    if any(
        template in ALWAYS_TWO_FACTORS or permit.startswith(DUTY_PERMITS)
        for template, permit, _path in given
    ):
        return False
    places = list(posts) or [home]
    return all(path.startswith(device) for path in (*places, *(right[2] for right in given)))
