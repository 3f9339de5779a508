"""What follows a restore: the trail begins a new epoch, erasures are replayed, chains are checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import psycopg

from linli.cli import kept_outside
from linli.cli.base import told_every
from linli.cli.embedded import roles
from linli.config.env_values import Database
from linli.config.language import words

ERASED = """
SELECT person_id, at FROM trail_entry
WHERE kind = 'people.person' AND verb = 'people.erased' AND person_id IS NOT NULL
"""
ERASED_ACCOUNTS = """
SELECT key, at FROM trail_entry WHERE kind = 'access.account' AND verb = 'access.forgotten'
"""


def keep_erasures(home: Path, reader: Database, name: str) -> int:
    """Bring the list of the erased up to date with the trail of a database, and return what is new.

    So is what else is kept outside of backups (kept_outside).

    A list that a full disk or a power cut had left behind is whole again before it is needed.
    """
    from linli.kernel.sealing import erasures

    kept_outside.keep(home, reader, name)
    with roles.connect(reader, name) as link:
        try:
            found = link.execute(ERASED).fetchall()
            accounts = link.execute(ERASED_ACCOUNTS).fetchall()
        except psycopg.errors.UndefinedTable:
            return 0
    new = erasures.note(home, [(int(str(person)), str(at)) for person, at in found])
    return new + erasures.note_accounts(home, [(int(str(key)), str(at)) for key, at in accounts])


def names_of_keys(home: Path) -> list[str]:
    """Return the names of the keys of a home, old ones too: a backup cannot be read without them."""
    from linli.kernel.errors import Refusal
    from linli.kernel.sealing import files

    try:
        return sorted(key.name for key in files.load(home).keys)
    except Refusal:
        return []


def refuse_without_keys(home: Path, manifest: Mapping[str, Any]) -> None:
    """End with the mend if this home lacks keys under which the backup's data are sealed.

    A backup of an older version names no keys; then any key will do.
    """
    here = names_of_keys(home)
    missing = sorted(set(manifest.get("keys", ())) - set(here))
    if here and not missing:
        return
    which = f": {', '.join(missing)}" if missing else ""
    raise click.ClickException(
        words(
            f"The keys of this backup are missing here{which}. Nothing was touched. First:\n"
            "  linli keys import FILE            if this home has no keys yet\n"
            "  linli keys import FILE --take-over   if it has keys of its own\n"
            "Are they lost for good? `--without-keys` restores what can be read without them.",
            f"这里没有这份备份的密钥{which}。什么都没有动。请先执行：\n"
            "  linli keys import 文件               如果这里还没有密钥\n"
            "  linli keys import 文件 --take-over   如果这里已有自己的密钥\n"
            "密钥确实找不回来了？`--without-keys` 可恢复不用密钥就能读的部分。",
        )
    )


def after_restore(home: Path, made_at: datetime, say: Callable[[str], None]) -> bool:
    """Make data of a backup of `made_at` fit to go on; say whether all that can be proved holds."""
    from django.utils import timezone

    from linli.access.services import forgetting
    from linli.kernel import scope
    from linli.kernel.permits import system_actor
    from linli.kernel.sealing import erasures
    from linli.people.services.forgetting import erase_again
    from linli.trail import services as trail
    from linli.trail.queries import chain
    from linli.translog import queries as log

    actor, now = system_actor("restore"), timezone.now()
    with scope.acting(actor):
        epoch = trail.begin_epoch(actor=actor, now=now)
        say(words("The trail begins a new epoch.", "留痕记录开始新的一段。"))
        part_from_before(home, made_at, epoch, say)
        known = erasures.known(home)
        again = erase_again(known, actor=actor, now=now)
        forgetting.erase_again(list(erasures.known_accounts(home)), actor=actor, now=now)
        say(
            words(
                f"{len(known)} persons were erased by law; {again} of them had come back and are gone.",
                f"{len(known)} 人已依法删除；其中 {again} 人随备份回来，现已再次删除。",
            )
        )
        say(words("Checking the trail …", "正在核对留痕记录…"))
        report = chain.verify(log.trail_heads(), progress=told_every(100_000, say))
    for problem in report.problems[:20]:
        say(words("WRONG: ", "有误：") + problem.text)
    say(
        words(
            f"{report.sealed:,} entries are sealed; {report.heads_compared:,} heads of the public log agree.",
            f"{report.sealed:,} 条记录已封存；与公开日志的 {report.heads_compared:,} 个日志头一致。",
        )
        if report.is_intact
        else words(
            "The trail was tampered with: `linli verify trail` names more.",
            "留痕记录被改动过：`linli verify trail` 会列出更多。",
        )
    )
    return bool(report.is_intact)


def part_from_before(home: Path, made_at: datetime, epoch: int, say: Callable[[str], None]) -> None:
    """Let nothing that was given out, sent, ended or published since the backup happen a second time."""
    from django.db import transaction
    from django.utils import timezone

    from linli.access.services import restoring
    from linli.exchange.services import stopped as letters
    from linli.kernel.permits import system_actor
    from linli.notify.services import stopped as messages
    from linli.runtime.services.numbers import leave_gaps
    from linli.trail import services as trail
    from linli.translog import services as log

    actor, now, outside = system_actor("restore"), timezone.now(), kept_outside.known_here(home)
    with transaction.atomic():
        gaps = leave_gaps(made_at, outside.numbers, actor=actor, now=now)
        for row, before in gaps:
            trail.record(
                "runtime.numbers_skipped", on=row, actor=actor, now=now, place=row.place,
                series=row.series, year=row.year, first=before + 1, last=row.last,
            )  # fmt: skip
    sessions = restoring.end_ways_in(epoch, actor=actor, now=now)
    ended = {key: datetime.fromisoformat(at) for key, at in outside.ended.items()}
    again = restoring.end_again(ended, actor=actor, now=now)
    held = (
        messages.stop_waiting(epoch, actor=actor, now=now),
        letters.stop_waiting(epoch, actor=actor, now=now),
    )
    entry = log.begin_anew(outside.head, actor=actor, now=now)
    for line in _told(made_at, len(gaps), sessions, again, held, entry):
        say(line)


def _told(
    made_at: datetime,
    gaps: int,
    sessions: int,
    again: int,
    held: tuple[int, int],
    entry: int | None,
) -> list[str]:
    day = made_at.strftime("%Y-%m-%d %H:%M")
    lines = [
        words(
            f"{gaps} series of numbers go on behind a gap; {sessions} sessions, all links and codes ended.",
            f"{gaps} 个编号序列跳过一段后继续；{sessions} 个登录会话和所有链接、验证码已失效。",
        ),
        words(
            f"{again} keys, rights and accounts that had ended since are ended again. What else was ended, and each "
            f"password changed since {day} (UTC), is as it was then: end and change it by hand.",
            f"{again} 个此后停用的密钥、权限和账号已再次停用。{day}（UTC）之后的其他停用和改密码都已退回，请人工补做。",
        ),
    ]
    if any(held):
        lines.append(
            words(
                f"{held[0]} messages and {held[1]} letters are held, since they may have gone: "
                "linli outgoing go, or linli outgoing drop.",
                f"{held[0]} 条消息、{held[1]} 件函件已暂停，因为可能已经发过：linli outgoing go 或 linli outgoing drop。",
            )
        )
    if entry is not None:
        lines.append(
            words(
                f"The public log goes on under a new name; its entry {entry} says so. Tell those who watch it.",
                f"公开日志以新名称继续，第 {entry} 条记录说明了此事。请告知关注该日志的人。",
            )
        )
    return lines
