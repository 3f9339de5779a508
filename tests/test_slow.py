"""What `make test-fast` leaves out beside browsers, servers and the whole city: what took long."""

from __future__ import annotations

from tests.slow import slow_in

TOLD = """
============ slowest durations ============
0.50s call     a/test_a.py::test_of_many[1-2]
0.02s call     a/test_a.py::test_of_many[x y]
0.90s setup    a/test_a.py::test_quick
0.13s call     a/test_b.py::test_alone
0.07s call     a/test_b.py::test_nearly
"""


def test_what_took_long_on_average_is_slow_whatever_it_waited_for() -> None:
    assert slow_in(TOLD) == ["a/test_a.py::test_of_many", "a/test_b.py::test_alone"]
