"""What an app may contribute to those below it: the shape of each item of `registries`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from linli.kernel.permits import PUBLIC, Actor, Permit
from linli.kernel.quick import quick

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class Evidence:
    """One thing that a number rests on: words and an address that shows it."""

    text: str
    url: str = ""
    path: str = ""


@dataclass(frozen=True)
class Measured:
    """What an indicator says for an area on a day. None means unknown, which is not zero."""

    numerator: int | None
    denominator: int | None
    as_of: date
    evidence: Sequence[Evidence] = ()
    missing: Sequence[Evidence] = ()


@dataclass(frozen=True)
class Indicator:
    """`measure(path, on)` counts for a place and all below it. Rate = numerator ÷ denominator.

    `is_average`: the rate is so much `unit` for each of the denominator, never a share in per cent.
    """

    key: str
    title: Any
    unit: str
    measure: Callable[[str, date], Measured]
    level: int = 1
    method: Any = ""
    is_average: bool = False


@dataclass(frozen=True)
class Hit:
    """One search result: what it is, where it leads, and why it was found."""

    title: str
    url: str
    text: str = ""
    kind: Any = ""


@dataclass(frozen=True)
class SearchSource:
    """`find(actor, words, limit)` returns what the actor may see, best first."""

    key: str
    title: Any
    find: Callable[[Actor, str, int], Sequence[Hit]]


@dataclass(frozen=True)
class DeskItem:
    """Work that is due: one row of the desk. `step` is the verb of the next action."""

    title: str
    url: str
    due_on: date | None
    kind: Any
    step: Any
    number: str = ""
    holder: str = ""
    stage: Any = ""


DeskGroup = Literal["mine", "cases", "grid", "papers", "registers", "manage"]


@dataclass(frozen=True)
class DeskEntry:
    """An entry in the desk's navigation, and the work it brings to the list of due things.

    `items(actor, on, limit)` is due work, late first; `count(actor, on)` the number beside the
    entry (None shows none). The entry appears if the actor holds one of `permits` anywhere, under
    the heading of its `group` (ui/entries.py has their order and words). `covers` names pages that
    belong to it and do not lie below its address, as patterns: "orgs:*".
    """

    key: str
    title: Any
    icon: str
    url_name: str
    permits: tuple[Permit, ...]
    order: int = 100
    items: Callable[[Actor, date, int], Sequence[DeskItem]] | None = None
    count: Callable[[Actor, date], int | None] | None = None
    group: DeskGroup = "manage"
    covers: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class HomeItem:
    """One line on the home page of a place; `touch` is its face on the touch screen, if it has one."""

    title: str
    url: str
    text: str = ""
    on: date | None = None
    state: Any = ""
    tone: Literal["late", "soon", "run", "done", "idle"] = "run"
    touch: str = ""


# (place, actor, day, limit) → what makes the items once they are read
Ahead = Callable[[Any, Actor, date, int], Callable[[], Sequence[HomeItem]]]


@dataclass(frozen=True)
class HomeSlot:
    """What an app shows on the home page of a place.

    `slot` names where: due, notices, office, who, links; stats on cities and towns; door:… behind
    an entrance; me on the page of one's own affairs. One query at most. With `ahead` it is asked
    together with those of other slots: it begins the query (`sql.ask`) and returns what reads it.
    What `is_fixed` shows everybody the same at a place on every day: it is worked out once for each
    language, for nobody and no day.
    """

    key: str
    slot: str
    title: Any
    items: Callable[[Any, Actor, date, int], Sequence[HomeItem]]
    order: int = 100
    more_url_name: str = ""
    ahead: Ahead | None = None
    is_fixed: bool = False


@dataclass(frozen=True)
class Generator:
    """Makes synthetic rows for load tests and demos; the same seed makes the same rows."""

    key: str
    title: Any
    run: Callable[..., int]
    order: int = 100


@dataclass(frozen=True)
class CaseKindEntry:
    """A kind of case that an upper app declares; `kind` is the cases app's own type."""

    key: str
    kind: Any


@dataclass(frozen=True)
class Reference:
    """What hangs on a place, an organisation, a post or a person.

    `count(id)` tells how many, `move(old_id, new_id)` re-points heads when one goes into another and
    returns how many. `levels` are those of places at which it hangs itself; above them it is only
    counted, and goes along with what it hangs on. Empty: at every level. What is of a `level` of
    confidentiality above public is told to those alone who may see it.
    """

    key: str
    to: Literal["place", "organisation", "post", "person"]
    title: Any
    count: Callable[[int], int]
    move: Callable[[int, int], int] | None = None
    levels: tuple[str, ...] = ()
    level: int = PUBLIC


@dataclass(frozen=True)
class FileVisibility:
    """`may_see(actor, owner_id)` decides for files that belong to things of this kind.

    `kept_from(actor)` is the query of those things that the actor may know nothing of, whatever she
    may read at their place: papers about them are kept from her too.
    """

    key: str
    may_see: Callable[[Actor, int], bool]
    kept_from: Callable[[Actor], QuerySet[Any]] | None = None


@dataclass(frozen=True)
class FileMade:
    """A file that an app below `files` made: csv or xlsx, whose thing it is, until when it stays."""

    content: bytes
    name: str
    owner_kind: str
    owner_id: int
    level: int
    keep_until: date


@dataclass(frozen=True)
class TableGrant:
    """Rights on one table beyond SELECT, INSERT, UPDATE for the application's role."""

    key: str
    delete: bool = False
    append_only: bool = False
    retention: bool = False
    insert: bool = True
    select: bool = True


@dataclass(frozen=True)
class PathColumn:
    """A text column that holds paths of places and is rewritten in the transaction of a move.

    `key` is table.column. `codes` are columns that repeat single codes of the path, with their
    position in it. With `merges` the rows of a merged place go over too; without it they stay with
    the place that ended, because two places may hold the same number there.
    """

    key: str
    codes: tuple[tuple[str, int], ...] = ()
    merges: bool = True


@dataclass(frozen=True)
class HealthCheck:
    """`check()` returns what is wrong and its fix, or nothing."""

    key: str
    title: Any
    check: Callable[[], Sequence[tuple[str, str]]] = field(repr=False)


@dataclass(frozen=True)
class Verb:
    """What a verb or a kind of thing is called in lists of the trail: "places.cell_closed", "places.cell".

    A verb with many steps names each as "verb/step": "cases.moved/accept". `unnamed` is who did it
    if no account stands in the entry on purpose; empty: somebody not signed in.
    """

    key: str
    title: Any
    unnamed: Any = ""
