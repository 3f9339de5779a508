"""A city that was just made, as one in use is: nothing is left to do that the database does by itself.

To be called behind a first round: what was empty until then the database would go on reading from its
beginning to its end, until it looks by itself, within a minute, how much is there.
"""

from __future__ import annotations

from linli.cli.embedded import roles
from linli.config import secrets
from linli.config.env import read_env


def rest() -> None:
    """Clean up after the demo and look at its statistics now, which else happens in the middle of the measuring."""
    roles.analyze(secrets.database(read_env(), "owner"), vacuum=True)
