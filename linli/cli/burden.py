"""`linli burden`: every demand that the product makes on staff, with its basis and its seconds."""

from __future__ import annotations

import json

import click

from linli.kernel.registries import STAFF_DEMANDS


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def burden(as_json: bool) -> None:
    """List what is asked of staff, on which basis, and the seconds it costs. 列出对工作人员的要求。

    It is the attachment to a city's filing papers (BU-08): functions aimed at the grass roots.
    """
    demands = sorted(STAFF_DEMANDS, key=lambda demand: demand.key)
    if as_json:
        body = [
            {
                "key": demand.key, "title": str(demand.title), "asks": demand.asks,
                "basis": demand.basis, "scene": demand.scene, "seconds": demand.seconds,
                "optional": demand.optional,
            }
            for demand in demands
        ]  # fmt: skip
        click.echo(json.dumps({"count": len(body), "items": body}, ensure_ascii=False))
        return
    for demand in demands:
        duty = "optional" if demand.optional else "required"
        click.echo(
            f"{demand.key}  {demand.title}\n    asks: {demand.asks} ({duty}), {demand.seconds} s"
        )
        click.echo(
            f"    basis: {demand.basis}" + (f"; scene: {demand.scene}" if demand.scene else "")
        )
    click.echo(
        f"{len(demands)} demands, {sum(d.seconds for d in demands)} seconds if each came once."
    )


commands = [burden]
