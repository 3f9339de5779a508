"""GeoJSON collections of features, handed in as a file or sent by a program."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Invalid

T = TypeVar("T")
MAX_BYTES = 2_000_000
# what reading comes to where something else stands than was meant, also nested without end
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


def content_of(upload: Any) -> bytes:
    """Return what stands in a file that was handed in. Refuses with ValidationError one that is too large."""
    if upload.size > MAX_BYTES:
        raise forms.ValidationError(_("The file is larger than 2 MB."))
    content: bytes = upload.read()
    return content


def in_file(content: bytes, read: Callable[[Any], T], words: Any) -> T:
    """Return what `read` makes of the features of a file; `words` tell what it should be.

    Refuses with ValidationError.
    """
    try:
        return read(json.loads(content.decode("utf-8-sig"))["features"])
    except UNREADABLE as error:
        raise forms.ValidationError(words) from error


def sent(features: Any, read: Callable[[Any], T], words: Any) -> T:
    """Return what `read` makes of the features that a program sends. Refuses with Invalid."""
    try:
        return read(features)
    except UNREADABLE as error:
        raise Invalid({"features": [str(words)]}) from error
    except forms.ValidationError as error:
        raise Invalid({"features": list(error.messages)}) from error
