"""How a bench measures: pairs A B A B, medians of ratios, one JSON object as the result."""

from __future__ import annotations

import hashlib
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

PAIRS = 5
HASH_MEGABYTES = 64


@dataclass(frozen=True, slots=True)
class Part:
    """One figure: ratio = ours ÷ baseline, in the unit of both."""

    name: str
    ours: float
    baseline: float
    ratio: float
    target: float
    ok: bool
    unit: str = "s"


@dataclass(frozen=True, slots=True)
class Result:
    """What `linli bench NAME --json` prints. With several parts the worst stands on top."""

    bench: str
    work: str
    parts: tuple[Part, ...]
    machine: dict[str, Any] = field(default_factory=dict)

    @property
    def worst(self) -> Part:
        return min(self.parts, key=lambda part: (part.ok, _distance(part)))

    @property
    def is_ok(self) -> bool:
        return all(part.ok for part in self.parts)

    def as_json(self) -> dict[str, Any]:
        worst = self.worst
        return {
            "bench": self.bench, "work": self.work, "ours": worst.ours,
            "baseline": worst.baseline, "ratio": worst.ratio, "target": worst.target,
            "ok": self.is_ok, "machine": self.machine, "parts": [asdict(p) for p in self.parts],
        }  # fmt: skip


def _distance(part: Part) -> float:
    """How far inside its target a part is; smaller is worse."""
    return abs(part.ratio - part.target) / part.target if part.target else 0.0


Bound = Literal["at most", "at least"]


def judge(
    name: str, ours: Sequence[float], baseline: Sequence[float], *, target: float, bound: Bound,
    unit: str = "s",
) -> Part:  # fmt: skip
    """Return a part from paired figures; the median of the pairs' ratios counts."""
    ratio = statistics.median(a / b for a, b in zip(ours, baseline, strict=True))
    return Part(
        name=name,
        ours=round(statistics.median(ours), 6),
        baseline=round(statistics.median(baseline), 6),
        ratio=round(ratio, 4),
        target=target,
        ok=ratio <= target if bound == "at most" else ratio >= target,
        unit=unit,
    )


def timed(work: Callable[[], Any]) -> float:
    """Return the seconds that one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def paired(
    ours: Callable[[], float], baseline: Callable[[], float], *, pairs: int = PAIRS
) -> tuple[list[float], list[float]]:
    """Run A B A B after one warming pair; each call returns its own figure."""
    ours(), baseline()
    first, second = [], []
    for _ in range(pairs):
        first.append(ours())
        second.append(baseline())
    return first, second


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile of at least 20 values."""
    return statistics.quantiles(values, n=20)[18]


def machine() -> dict[str, Any]:
    """Say what machine this is; the hashing rate lets runs be compared."""
    block = b"\0" * (1 << 20)
    seconds = timed(lambda: [hashlib.sha256(block).digest() for _ in range(HASH_MEGABYTES)])
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "sha256_mb_s": round(HASH_MEGABYTES / seconds),
    }


def _cpu() -> str:
    try:
        with open("/proc/cpuinfo") as file:
            names = [
                line.split(":", 1)[1].strip() for line in file if line.startswith("model name")
            ]
    except OSError:
        names = []
    return names[0] if names else platform.machine()
