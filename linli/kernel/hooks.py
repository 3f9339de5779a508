"""One function that an upper app fills in for lower ones, and the shapes of those with named arguments."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from linli.kernel.contributions import FileMade
    from linli.kernel.permits import Actor, Permit

F = TypeVar("F", bound=Callable[..., Any])


class Hook(Generic[F]):
    """One function that an upper app fills in. Unfilled, it returns the default."""

    def __init__(self, name: str, default: Any = None) -> None:
        self.name, self.default = name, default
        self._function: F | None = None

    def fill(self, function: F) -> None:
        self._function = function

    @property
    def call(self) -> F:
        """What was filled in, or what returns the default whatever it is asked."""
        unfilled: Any = self._unfilled
        filled: F = unfilled if self._function is None else self._function
        return filled

    def _unfilled(self, *_args: Any, **_kwargs: Any) -> Any:
        return self.default


class OthersMay(Protocol):
    """Say whether somebody else than an account may do something at a place."""

    def __call__(self, permit: Permit, path: str, account_id: int, /, *, now: datetime) -> bool: ...


class KeepFile(Protocol):
    """Keep a file that was made, and return its code."""

    def __call__(self, made: FileMade, /, *, place: str, actor: Actor, now: datetime) -> str: ...


class JoinRights(Protocol):
    """Note what a staff account comes to when two entries become one person, or refuse."""

    def __call__(
        self, one: Sequence[int], other: Sequence[int], /, *, actor: Actor, now: datetime
    ) -> None: ...


class PartAccounts(Protocol):
    """Return {account: whose it is from now on, or None} when one person becomes two entries again.

    The accounts are those of the kept entry when the two were joined, None where that is not known.
    """

    def __call__(
        self, known: Collection[int] | None, kept: int, gone: int, /, *, actor: Actor, now: datetime
    ) -> Mapping[int, int | None]: ...
