"""A question that takes several lines."""

from __future__ import annotations

from typing import Any

from django import forms


def area(rows: int = 4, *, label: Any, hint: Any = "", longest: int = 4000, **more: Any) -> Any:
    """Return a field of several lines."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        **more,
    )
