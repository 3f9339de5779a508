"""Bench `queue`: 50 windows call 2,000 tickets before 100 screens; the server is restarted in the middle."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from linli.bench.home_bench import server
from linli.bench.measure import Part, Result, machine
from linli.cli.serve import prepare_static
from linli.demo import city
from linli.kernel.permits import NOBODY, system_actor

WINDOWS, TICKETS, SCREENS = 50, 2000, 100
VILLAGE, WITHIN = "441900990201", 5.0
CALLED = re.compile(rb'data-call="([A-Z0-9]+)-')
ACTOR = system_actor("bench")


class Screen(threading.Thread):
    """A screen that asks every two to three seconds, as live.js does, and notes what it saw when."""

    def __init__(self, number: int, path: str, port_of: Callable[[], int]) -> None:
        super().__init__(daemon=True)
        self.number, self.path, self.port_of = number, path, port_of
        self.seen: dict[str, float] = {}
        self.is_over = False

    def run(self) -> None:
        tag = ""
        while not self.is_over:
            try:
                link = http.client.HTTPConnection("127.0.0.1", self.port_of(), timeout=5)
                link.request("GET", self.path, headers={"If-None-Match": tag} if tag else {})
                answer = link.getresponse()
                body, tag = answer.read(), answer.headers.get("ETag", "")
                link.close()
                for handle in CALLED.findall(body):
                    self.seen.setdefault(handle.decode(), time.monotonic())
            except OSError:
                tag = ""
            time.sleep(2 + self.number % 10 / 10)


def run(say: Callable[[str], None]) -> Result:
    """Ours: seconds from a call to every screen; the bound is five seconds, and no ticket may be lost."""
    city.make_demo(say)
    prepare_static()
    centre, windows = _windows()
    say(f"{TICKETS:,} tickets …")
    _draw(centre)
    say(f"{WINDOWS} windows call before {SCREENS} screens, with a restart …")
    ports = [0]
    screens = [
        Screen(n, f"/live/zh-hans/queue/{centre.code}", lambda: ports[0]) for n in range(SCREENS)
    ]
    for screen in screens:
        screen.start()
    slowest: list[float] = []
    for _half in range(2):
        with server("linli.config.wsgi:application", threads=8) as ports[0]:
            time.sleep(4)
            slowest += [_shown(windows, screens, half=_half, turn=turn) for turn in range(5)]
    for screen in screens:
        screen.is_over = True
    _call_the_rest(windows)
    lost = _lost(centre)
    worst = max(slowest)
    parts = (
        Part(
            "slowest screen",
            round(worst, 2),
            WITHIN,
            round(worst / WITHIN, 4),
            1.0,
            worst <= WITHIN,
        ),
        Part("tickets lost", lost, 1, lost, 0, lost == 0, "tickets"),
    )
    work = f"{WINDOWS} windows, {TICKETS:,} tickets, {SCREENS} screens, one server with a restart in the middle"
    return Result("queue", work, parts, machine())


def _windows() -> tuple[Any, list[Any]]:
    from linli.offerings.services import windows
    from linli.offerings.types.visits import WindowFacts
    from linli.orgs.queries.centres import centre_rows
    from linli.places import queries as places

    now = timezone.now()
    centre = centre_rows(places.get_place(VILLAGE).path, on=timezone.localdate())[0].organisation
    made = [
        windows.add_window(centre.pk, centre.path, WindowFacts(f"Q{uuid4().hex[:5]}", "bench"), actor=ACTOR, now=now)
        for _ in range(WINDOWS)
    ]  # fmt: skip
    return centre, list(made)


def _draw(centre: Any) -> None:
    from linli.offerings.services import tickets
    from linli.offerings.types.tickets import DrawWish

    began = timezone.now() - timedelta(minutes=1)
    for number in range(TICKETS):
        wish = DrawWish(priority=("", "elder", "disabled")[number % 3])
        tickets.draw_ticket(centre.pk, centre.path, wish, actor=NOBODY, now=began)


def _shown(windows: list[Any], screens: list[Screen], *, half: int, turn: int) -> float:
    """Call one ticket and return the seconds until the slowest screen shows it."""
    from linli.offerings.services import tickets

    found = tickets.call_next(windows[half * 5 + turn], actor=ACTOR, now=timezone.now())
    assert found is not None
    called = time.monotonic()
    while time.monotonic() - called < 2 * WITHIN:
        if all(found.handle in screen.seen for screen in screens):
            return max(screen.seen[found.handle] for screen in screens) - called
        time.sleep(0.05)
    return 2 * WITHIN


def _call_the_rest(windows: list[Any]) -> None:
    from linli.offerings.errors import NobodyWaits
    from linli.offerings.services import tickets

    for number in range(2 * TICKETS):
        try:
            tickets.call_next(windows[number % WINDOWS], actor=ACTOR, now=timezone.now())
        except NobodyWaits:
            return


def _lost(centre: Any) -> int:
    """Count the tickets of today that neither wait, nor stand at a window, nor were served."""
    from linli.offerings.models import Ticket

    today = Ticket.objects.filter(centre_id=centre.pk, on=timezone.localdate())
    held = today.filter(state__in=("called", "done")).count()
    return TICKETS - min(TICKETS, held)
