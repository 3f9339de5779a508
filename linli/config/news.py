"""The one connection of a web process that listens to the database."""

from __future__ import annotations

from typing import Any

from django.db import connections

from linli.config.env import read_env
from linli.kernel.listening import News
from linli.kernel.live import NEWS


def offer_news() -> None:
    """Let live values hear what changed, from the first that is asked for on.

    A pooler in transaction mode passes no news on: behind one they are looked for as before.
    """
    if not read_env().prepares:
        return
    news = News(connect)

    def begun() -> News:
        news.begin()
        return news

    NEWS.fill(begun)


def connect() -> Any:
    """Return a connection of its own, outside of those that requests use."""
    wrapper = connections.create_connection("default")
    link = wrapper.get_new_connection(wrapper.get_connection_params())
    link.autocommit = True
    return link
