"""Fields for several files: whoever takes them in examines each, so that a broken one loses no other."""

from __future__ import annotations

from typing import Any

from django import forms

PHOTO_KINDS = "image/jpeg,image/png,image/webp"
PAPER_KINDS = f"{PHOTO_KINDS},application/pdf"


class ManyFiles(forms.FileInput):
    """A field for several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class Uploads(forms.FileField):
    """Several files, cleaned to a list; here only the empty ones are left out."""

    def __init__(self, *, accept: str, **options: Any) -> None:
        widget = ManyFiles(attrs={"multiple": True, "accept": accept})
        super().__init__(required=False, widget=widget, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list) else [data]
        return [one for one in given if one]


class Photos(Uploads):
    """Several photos."""

    def __init__(self, **options: Any) -> None:
        super().__init__(accept=PHOTO_KINDS, **options)


class Papers(Uploads):
    """Several photos of papers, or papers as PDF."""

    def __init__(self, **options: Any) -> None:
        super().__init__(accept=PAPER_KINDS, **options)
