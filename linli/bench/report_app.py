"""The service as it is, asked by many households: each request comes from another address."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")

from linli.config.wsgi import application

_count = itertools.count(1)


def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Hand the request on under an address of its own: limits count for each of them.

    Who sends a form twice says by a number of hers that it is she again.
    """
    number = int(environ.get("HTTP_X_BENCH_PERSON") or next(_count))
    environ["REMOTE_ADDR"] = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    answer: Iterable[bytes] = application(environ, start_response)
    return answer
