"""The handbook of a village or community: in which sizes and languages it comes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.documents.types import CHINESE, ENGLISH


class Size(StrEnum):
    A5 = "a5"
    A4 = "a4"


SIZE_TITLES: dict[str, Any] = {
    Size.A5: _("A5, a booklet for each household"),
    Size.A4: _("A4, larger letters, for the counter and for weak eyes"),
}
LANGUAGE_TITLES = {CHINESE: "中文", ENGLISH: "English"}


@dataclass(frozen=True, slots=True)
class Edition:
    """One form of the handbook; each keeps its newest file under an owner of its own."""

    size: str
    language: str

    @property
    def owner(self) -> str:
        return f"offerings.handbook.{self.size}.{self.language}"


EDITIONS = tuple(
    Edition(size.value, language) for language, size in product((CHINESE, ENGLISH), Size)
)
# what its printed code leads to: the page where the newest one is
CODE = "offerings.handbook"
JOB = "offerings.handbook"
