"""How values travel to the server where the driver takes long."""

from __future__ import annotations

from typing import Any

from psycopg import DataError
from psycopg.abc import Buffer, DumperKey
from psycopg.adapt import PyFormat
from psycopg.types.array import BaseListDumper, ListDumper

ONLY_TEXTS = {str}
BETWEEN = '","'


class ListSender(ListDumper):
    """As the driver's, which looks at each element by itself; a list of nothing but texts is written in one go."""

    def get_key(self, obj: list[Any], format: PyFormat) -> DumperKey:
        """Return under what the driver keeps who writes such a list."""
        if {*map(type, obj)} == ONLY_TEXTS:
            return TextsSender
        return super().get_key(obj, format)

    def upgrade(self, obj: list[Any], format: PyFormat) -> BaseListDumper:
        """Return who writes such a list from now on, of the type that the driver chose."""
        made = super().upgrade(obj, format)
        if made is not self and {*map(type, obj)} == ONLY_TEXTS:
            made.__class__ = TextsSender
        return made


class TextsSender(ListDumper):
    """Writes a list of texts."""

    def get_key(self, obj: list[Any], format: PyFormat) -> DumperKey:
        return TextsSender

    def dump(self, obj: list[str]) -> Buffer | None:
        """Return the list as the server reads it: {"a","b"}. Raises DataError for a zero byte, which no text holds."""
        joined = BETWEEN.join(obj)
        if "\0" in joined:
            raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
        if "\\" in joined or joined.count('"') != 2 * (len(obj) - 1):
            joined = BETWEEN.join(one.replace("\\", r"\\").replace('"', r"\"") for one in obj)
        return ('{"' + joined + '"}').encode()
