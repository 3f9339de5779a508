"""`linli import outlines`: a city loads its own outlines."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from linli.cli.base import say
from linli.cli.transfers import import_
from linli.config.language import words


@import_.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--source",
    required=True,
    help="Where the outlines come from; shown on every map. 边界图从哪里来，每张地图都会注明。",
)
@click.option(
    "--valid-from",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help="From which day they hold. 从哪天起有效。",
)
@click.option(
    "--sure",
    is_flag=True,
    help="Also where a size or the ground is another one altogether. 面积或位置完全不同也照样导入。",
)
def outlines(file: Path, source: str, valid_from: datetime, sure: bool) -> None:
    """Replace schematic outlines by those of a GeoJSON FILE (property `code`, WGS-84). 导入边界。

    From a day on, which may lie up to a year ahead: until then those of today hold.

    One bad shape or unknown code and nothing is replaced.
    """
    from django.utils import timezone

    from linli.kernel.permits import system_actor
    from linli.places import services

    try:
        features = json.loads(file.read_text(encoding="utf-8-sig"))["features"]
        shapes = {str(f["properties"]["code"]): f["geometry"] for f in features}
    except (ValueError, KeyError, TypeError) as error:
        raise click.ClickException(
            words(
                f"{file} is no FeatureCollection with codes: {error}",
                f"{file} 不是带代码的 FeatureCollection：{error}",
            )
        ) from None
    say(words(f"{len(shapes)} outlines …", f"{len(shapes)} 个轮廓…"))
    loaded = services.import_outlines(
        shapes, source=source, valid_from=valid_from.date(), sure=sure,
        actor=system_actor("import outlines"), now=timezone.now(),
    )  # fmt: skip
    click.echo(words(f"{loaded.count} outlines replaced.", f"已更换 {loaded.count} 个轮廓。"))


commands = [import_]
