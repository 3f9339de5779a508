"""`linli jobs …`: what failed in the background, and try it again."""

from __future__ import annotations

import json

import click

from linli.cli.base import json_option, say
from linli.cli.city_here import needs_city
from linli.config.language import words

SHOWN = 100


@click.group()
def jobs() -> None:
    """Work in the background that failed. 后台任务。"""


@jobs.command()
@click.option(
    "--task",
    default="",
    help="Only jobs of this name, such as cases.tell_reporter. 只看这个名称的任务，如 cases.tell_reporter。",
)
@json_option
@needs_city
def failed(task: str, as_json: bool) -> None:
    """List jobs that were tried as often as they may be: name, ids they were given, when. 列出失败任务。"""
    from linli.runtime.queries.queue import failed_jobs

    found = list(failed_jobs(task=task))
    if as_json:
        rows = [
            {
                "id": one.id,
                "task": one.task,
                "given": one.args,
                "tries": one.attempts,
                "at": one.at.isoformat(),
            }
            for one in found
        ]
        click.echo(json.dumps({"jobs": rows}, ensure_ascii=False))
        return
    if not found:
        click.echo(words("No job failed.", "没有失败的任务。"))
        return
    for one in found[-SHOWN:]:
        given = json.dumps(one.args, ensure_ascii=False)
        tries = words(f"{one.attempts} tries", f"试了 {one.attempts} 次")
        click.echo(f"{one.id}  {one.at:%Y-%m-%d %H:%M}  {one.task}  {given}  {tries}")
    if len(found) > SHOWN:
        say(
            words(
                f"Only the last {SHOWN} are shown; all with --json.",
                f"只列最近 {SHOWN} 条；加 --json 可看全部。",
            )
        )


@jobs.command()
@click.argument("job_ids", metavar="ID…", nargs=-1, type=int)
@click.option("--task", default="", help="All failed jobs of this name. 这个名称的全部失败任务。")
@click.option(
    "--all",
    "is_all",
    is_flag=True,
    help="All that failed in the last 90 days. 最近 90 天失败的全部任务。",
)
@needs_city
def again(job_ids: tuple[int, ...], task: str, is_all: bool) -> None:
    """Queue failed jobs once more, after their cause was mended: by ID, --task or --all. 重新执行失败任务。"""
    from linli.runtime.queries.queue import failed_jobs
    from linli.runtime.services.stalled_jobs import run_again

    if not job_ids and not task and not is_all:
        raise click.UsageError(
            words("Name jobs by ID, or give --task or --all.", "请写任务编号，或加 --task、--all。")
        )
    chosen = list(job_ids)
    if task or is_all:
        chosen += [one.id for one in failed_jobs(task=task)]
    count = run_again(chosen)
    click.echo(words(f"{count} jobs are queued again.", f"已重新排入 {count} 个任务。"))


commands = [jobs]
