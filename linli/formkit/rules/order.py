"""What hangs on what in a form: the order of evaluation, and circles, which have none."""

from __future__ import annotations

from collections.abc import Iterator

from linli.formkit.types import Computation, Condition, Spec


def fields_of_condition(condition: Condition) -> Iterator[str]:
    """Yield every field that a condition looks at."""
    if condition.field:
        yield condition.field
    for one in condition.of:
        yield from fields_of_condition(one)


def fields_of_computation(computation: Computation) -> Iterator[str]:
    """Yield every field or column that a computation takes."""
    for operand in computation.of:
        if operand.inner is not None:
            yield from fields_of_computation(operand.inner)
        elif operand.field:
            yield operand.field


def needs_of(spec: Spec, path: str) -> set[str]:
    """Return the paths whose answers decide whether this one is asked, or what it is."""
    one = spec.find(path)
    if one is None:
        return set()
    found = {path.partition(".")[0]} if "." in path else set()
    if one.show is not None:
        found |= set(fields_of_condition(one.show))
    if one.compute is not None:
        found |= set(fields_of_computation(one.compute))
    return {need for need in found if spec.find(need) is not None and (need != path or "." in path)}


def ordered(spec: Spec) -> tuple[list[str], list[str]]:
    """Return the paths so that each comes after what it needs, and those that hang in circles."""
    waits = {path: needs_of(spec, path) | _own(spec, path) for path in spec.paths}
    needed_by: dict[str, list[str]] = {path: [] for path in waits}
    for path, needs in waits.items():
        for need in needs:
            needed_by[need].append(path)
    left = {path: len(needs) for path, needs in waits.items()}
    ready = [path for path, count in left.items() if count == 0]
    for path in ready:
        for other in needed_by[path]:
            left[other] -= 1
            if left[other] == 0:
                ready.append(other)
    done = set(ready)
    return ready, [path for path in waits if path not in done]


def _own(spec: Spec, path: str) -> set[str]:
    """A field that looks at itself is a circle of one."""
    one = spec.find(path)
    looks = set(fields_of_condition(one.show)) if one and one.show else set()
    takes = set(fields_of_computation(one.compute)) if one and one.compute else set()
    return {path} & (looks | takes)
