"""Kinds of long jobs, and views of libraries that may be posted to without a key."""

from __future__ import annotations

from dataclasses import dataclass

from linli.kernel.registries import Registry
from linli.runtime.types import JobKind


@dataclass(frozen=True)
class FreeModule:
    """Views of a library, named by the beginning of their module, and why they need no key."""

    key: str
    reason: str


JOB_KINDS: Registry[JobKind] = Registry("kinds of long jobs")
FREE_MODULES: Registry[FreeModule] = Registry("modules without idempotency keys")
