"""`linli keys …`: status, export, import, rotate, retire."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import click

from linli.cli import kept_outside
from linli.cli.base import environment, json_option, needs_nothing, say
from linli.cli.city_here import needs_city, refuse_keyless
from linli.config.language import words

USES = {
    "seal": ("sealed fields", "加密字段"),
    "master": ("keys of persons", "个人密钥"),
    "index": ("look-ups in sealed fields", "加密字段的查找"),
    "mark": ("marks on the trail", "留痕标记"),
    "log": ("signatures of the public log", "公开日志签名"),
}


@click.group()
def keys() -> None:
    """The keys of this city: never in backups, so export them to a safe. 密钥。"""


@keys.command()
@json_option
@click.option(
    "--count",
    is_flag=True,
    help="Also count what is sealed under each key. 同时统计每把密钥加密了多少。",
)
@needs_city
def status(as_json: bool, count: bool) -> None:
    """List the keys: what for, since when, whether exported. 密钥清单：用途、从何时起、是否已导出。"""
    from linli.kernel.sealing import export, files, rotation

    home = environment().home
    ring, missing = files.load(home), export.not_exported(home)
    rows: list[dict[str, Any]] = [
        {
            "id": key.name,
            "use": key.use,
            "suite": key.suite,
            "state": key.state,
            "made_at": key.made_at,
            "is_exported": key.name not in missing,
            **({"values": rotation.count_under(key.id)} if count else {}),
        }
        for key in ring.keys
    ]
    if as_json:
        click.echo(json.dumps({"suite": ring.suite.name, "keys": rows, "not_exported": missing}))
        return
    for row in rows:
        safe = (
            words("exported", "已导出") if row["is_exported"] else words("NOT exported", "未导出")
        )
        values = "".join(f"  {name}: {n:,}" for name, n in row.get("values", {}).items())
        click.echo(
            f"{row['id']}  {row['state']:8}{words(*USES[row['use']]):30}{row['suite']:6}{row['made_at'][:10]}  {safe}{values}"
        )
    if missing:
        click.echo(
            words(
                "Without an export sealed data are lost with this machine: linli keys export FILE",
                "没有导出的话，这台机器一坏，加密数据就丢了：linli keys export 文件",
            )
        )


@keys.command(name="export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--passphrase",
    is_flag=True,
    help="Ask for a passphrase to lock the file. 询问口令，用它锁住文件。",
)
@click.option("--force", is_flag=True, help="Write over a file that exists. 覆盖已有的文件。")
@needs_nothing
def export_(file: Path, passphrase: bool, force: bool) -> None:
    """Write all keys to FILE: onto a stick that goes into the safe, not into the backup. 把全部密钥写入文件：放进保险柜，不放进备份。

    With them go the service's secret (recovery codes depend on it), the list of those whom the
    law made us erase, so that a restored backup forgets them again, and what a restore must know
    of the time after its backup: the last numbers given, the last head of the public log, keys,
    rights and accounts that were ended. Whoever has this file and a backup can read everything.
    Export again after each rotation.
    """
    from django.utils.timezone import now

    from linli.cli.base import setup_django
    from linli.kernel.sealing import export

    refuse_keyless(environment())
    setup_django()
    if file.exists() and not force:
        raise click.ClickException(
            words(
                f"{file} exists. Give another name, or --force.",
                f"{file} 已存在。请换个名字，或加 --force。",
            )
        )
    word = ""
    if passphrase:
        word = click.prompt(
            words("Passphrase", "口令"),
            hide_input=True,
            confirmation_prompt=words("Repeat for confirmation", "请再输入一次"),
        )
    env = environment()
    home, outside = env.home, kept_outside.brought_up_to_date(env)
    names = export.export_keys(home, file, passphrase=word, outside=outside, now=now())
    say(
        words(
            f"{len(names)} keys are in {file}. Keep it apart from backups and from this machine.",
            f"{len(names)} 把密钥已写入 {file}。请与备份和这台机器分开保管。",
        )
    )
    if file.resolve().is_relative_to(home.resolve()):
        say(
            words(
                f"It lies in {home} and would be lost with it: this does not count as exported.",
                f"它放在 {home} 里，会一起丢失：不算已导出。",
            )
        )


@keys.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--take-over",
    is_flag=True,
    help="Write with these keys from now on, as on a new machine. 从现在起用这些密钥加密，如换了新机器。",
)
@needs_nothing
def import_(file: Path, take_over: bool) -> None:
    """Bring keys back from an export. 从导出的文件取回密钥。

    A home without keys takes them as they are. One that has keys adds them as old keys, which
    read; with --take-over they become the current ones, which is right after a restore.
    """
    from linli.cli.base import setup_django
    from linli.kernel.sealing import export, files

    setup_django()
    word = ""
    if export.is_locked(file.read_bytes()):
        word = click.prompt(words("Passphrase", "口令"), hide_input=True)
    brought, env = export.open_export(file, passphrase=word), environment()
    is_new = take_over or not files.ring_path(env.home).exists()
    new = export.import_export(env.home, brought, take_over=take_over)
    outside = kept_outside.bring_in(env.home, brought.outside, is_new=is_new)
    here = len(brought.ring.keys) - len(new)
    say(
        words(
            f"{len(new)} keys were added, {here} were here already.",
            f"新加 {len(new)} 把密钥，{here} 把原来就有。",
        )
    )
    if outside.ended or outside.numbers or outside.head:
        say(
            words(
                f"A restore will know {len(outside.numbers)} series of numbers and {len(outside.ended)} things that were ended.",
                f"恢复时会知道 {len(outside.numbers)} 个编号序列和 {len(outside.ended)} 项已停用的东西。",
            )
        )
    if env.secret_key and env.secret_key != brought.secret_key:
        say(
            words(
                "SECRET_KEY is set and differs from the exported one: recovery codes will not open.",
                "已设置的 SECRET_KEY 与导出的不同：恢复码将打不开。",
            )
        )


@keys.command()
@click.option(
    "--use", "uses", multiple=True, type=click.Choice(list(USES)),
    help="What for; all by default. 哪种用途，不写就是全部。",
)  # fmt: skip
@needs_city
def rotate(uses: tuple[str, ...]) -> None:
    """Make new keys and write everything anew under them, while the city works on. 换新密钥并重新加密，期间照常使用。

    Broken off, it goes on where it stopped when called again. Old keys stay for older backups
    until `linli keys retire`. See docs/howto/rotate-keys.md.
    """
    from django.utils.timezone import now

    from linli.kernel import scope
    from linli.kernel.permits import system_actor
    from linli.kernel.sealing.rotate import rotate as run
    from linli.trail import services as trail

    actor = system_actor("keys.rotate")
    with scope.acting(actor):
        for use in uses or tuple(USES):
            rows: Counter[str] = Counter()
            for step in run(environment().home, use, now=now()):
                rows[step.column] += step.rows
                count = words(f"{rows[step.column]:,} rows", f"{rows[step.column]:,} 行")
                say(f"{words(*USES[use])}: {step.what}, {step.column}, {count}")
            trail.record("keys.rotated", on=("keys", use), actor=actor, now=now(), details=rows)
            say(words(*USES[use]) + words(": done.", "：完成。"))
    say(
        words(
            "Export the keys again: linli keys export FILE",
            "请重新导出密钥：linli keys export 文件",
        )
    )


@keys.command()
@click.argument("name")
@needs_city
def retire(name: str) -> None:
    """Take the old key NAME out of the ring, if nothing here is under it any more. 旧密钥不再用到时移除。

    Backups from before its rotation then need the export that holds it.
    """
    from django.utils.timezone import now

    from linli.kernel import scope
    from linli.kernel.permits import system_actor
    from linli.kernel.sealing import export
    from linli.kernel.sealing.rotate import retire as take_out
    from linli.trail import services as trail

    home, actor = environment().home, system_actor("keys.retire")
    if name in export.not_exported(home):
        raise click.ClickException(
            words(
                f"Export key {name} first: older backups need it.",
                f"请先导出密钥 {name}：以前的备份要用它。",
            )
        )
    with scope.acting(actor):
        take_out(home, name)
        trail.record("keys.retired", on=("keys", name), actor=actor, now=now())
    say(words(f"Key {name} is gone from here.", f"密钥 {name} 已从这里删除。"))


commands = [keys]
