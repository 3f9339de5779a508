"""A memory for all threads gives what was read, keeps what is asked for, and never breaks in a rush."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from linli.kernel.lately import Lately


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    memory: Lately[str, str] = Lately(2)
    for key in ("a", "b", "a", "c"):
        memory.get(key, key.upper)

    assert list(memory.kept) == ["a", "c"]


def test_a_value_is_read_once_and_again_only_if_it_is_wanted_anew() -> None:
    memory, read = Lately[str, int](9), iter(range(9))

    told = [memory.get("a", lambda: next(read), anew=anew) for anew in (False, False, True, False)]

    assert told == [0, 0, 1, 1]


def test_many_threads_over_more_keys_than_are_kept_each_get_their_own() -> None:
    memory: Lately[int, int] = Lately(3)

    def ask(number: int) -> bool:
        key = number % 17
        return memory.get(key, lambda: key * 2) == key * 2

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(4000)))
    assert len(memory.kept) == 3
