"""`linli verify trail|translog` and `linli keys …`: what can be proved, and the keys behind it."""

from __future__ import annotations

import click
from django.utils import timezone

from linli.config.env import Env


def ensure_keys(env: Env) -> None:
    """Make the keys of a new installation.

    Not for one that has a past: its keys are somewhere, and fresh ones would open nothing.
    """
    from linli.kernel.sealing import create_keyring
    from linli.trail.queries import chain

    if chain.is_empty():
        create_keyring(env.home, suite=env.suite, now=timezone.now())


commands: list[click.Command] = []
