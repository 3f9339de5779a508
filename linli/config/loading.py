"""Loading the program in one go, without looking for garbage in between."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def in_one_go() -> Iterator[None]:
    """Look for no garbage inside the block, and later never again through what it loaded.

    What is loaded stays. Looking through it again and again took a fifth of every start; in service
    each thorough look stopped the pages for as long as it takes to go through all code and models.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
