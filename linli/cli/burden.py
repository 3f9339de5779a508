"""`linli burden`: every demand made on staff and residents, with its basis and its seconds."""

from __future__ import annotations

import csv
import json
import sys
from typing import Any

import click

from linli.cli.base import json_option
from linli.config.language import listed, words
from linli.kernel.burden import forms_by_demand
from linli.kernel.registries import RESIDENT_DEMANDS, STAFF_DEMANDS, ResidentDemand, StaffDemand

HEAD = (
    "of", "key", "title", "asks", "basis", "period", "seconds", "scene", "optional", "data",
    "kept", "forms",
)  # fmt: skip


@click.command()
@json_option
@click.option(
    "--csv",
    "as_csv",
    is_flag=True,
    help="One line for each demand, for a spreadsheet. 每项要求一行，可用表格软件打开。",
)
def burden(as_json: bool, as_csv: bool) -> None:
    """List what is asked of staff and residents, on which basis. 列出向工作人员和居民要什么。

    It is the attachment to a city's filing papers (BU-08): functions aimed at the grass roots.
    """
    forms = forms_by_demand()
    staff = [_of_staff(d, forms) for d in sorted(STAFF_DEMANDS, key=lambda d: d.key)]
    residents = [_of_residents(d, forms) for d in sorted(RESIDENT_DEMANDS, key=lambda d: d.key)]
    if as_json:
        body = {"count": len(staff), "items": staff, "residents": residents}
        click.echo(json.dumps(body, ensure_ascii=False))
    elif as_csv:
        _write_csv([{"of": "staff", **row} for row in staff])
        _write_csv([{"of": "residents", **row} for row in residents], with_head=False)
    else:
        _write_text(staff, residents)


def _of_staff(demand: StaffDemand, forms: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "key": demand.key, "title": str(demand.title), "asks": demand.asks, "basis": demand.basis,
        "period": demand.period, "scene": demand.scene, "seconds": demand.seconds,
        "optional": demand.optional, "forms": forms.get(demand.key, []),
    }  # fmt: skip


def _of_residents(demand: ResidentDemand, forms: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "key": demand.key, "title": str(demand.title), "data": str(demand.data),
        "basis": str(demand.basis), "kept": str(demand.kept), "forms": forms.get(demand.key, []),
    }  # fmt: skip


def _write_csv(rows: list[dict[str, Any]], *, with_head: bool = True) -> None:
    sheet = csv.DictWriter(sys.stdout, HEAD, restval="", lineterminator="\n")
    if with_head:
        sheet.writeheader()
    for row in rows:
        sheet.writerow({**row, "forms": " ".join(row["forms"])})


def _write_text(staff: list[dict[str, Any]], residents: list[dict[str, Any]]) -> None:
    for row in staff:
        duty = words("optional", "选填") if row["optional"] else words("required", "必填")
        scene = words("; scene: ", "；情形：") + row["scene"] if row["scene"] else ""
        per = words(
            f"{row['seconds']} s per {row['period']}", f"{row['seconds']} 秒／{row['period']}"
        )
        named = listed(row["forms"]) or words("none", "无")
        click.echo(f"{row['key']}  {row['title']}")
        click.echo(
            words(
                f"    asks: {row['asks']} ({duty}), {per}",
                f"    要什么：{row['asks']}（{duty}），{per}",
            )
        )
        click.echo(words("    basis: ", "    依据：") + f"{row['basis']}{scene}")
        click.echo(words("    forms: ", "    表单：") + named)
    seconds = sum(row["seconds"] for row in staff)
    click.echo(
        words(
            f"{len(staff)} demands on staff, {seconds} seconds if each came once.\n",
            f"向工作人员要的共 {len(staff)} 项，每项一次合计 {seconds} 秒。\n",
        )
    )
    for row in residents:
        click.echo(f"{row['key']}  {row['title']}: {row['data']}")
        click.echo(
            words(
                f"    basis: {row['basis']}; kept: {row['kept']}",
                f"    依据：{row['basis']}；保存：{row['kept']}",
            )
        )
    click.echo(
        words(f"{len(residents)} demands on residents.", f"向居民要的共 {len(residents)} 项。")
    )


commands = [burden]
