"""The server refuses to copy a process that has begun what a copy would share or lack."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from linli.config.web_server import refuse_what_no_copy_has


def test_a_thread_that_loading_began_is_named() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait, name="begun-too-early")
    thread.start()
    try:
        with pytest.raises(RuntimeError, match="begun-too-early"):
            refuse_what_no_copy_has()
    finally:
        done.set()
        thread.join()


@pytest.mark.django_db
def test_a_connection_that_loading_opened_is_named() -> None:
    connection.ensure_connection()

    with pytest.raises(RuntimeError, match=r"connections \['default'\]"):
        refuse_what_no_copy_has()
