"""How long the database works on one statement, waits for a lock, and is kept waiting in a transaction.

Who waits for a page is told after seconds; jobs have longer; what an operator looks on at has all the
time. None of it costs a question: pages have it from their role, which every connection of a pooler
keeps (cli/embedded/roles.py), all others say it as they connect.
"""

from __future__ import annotations

from linli.config.env_values import Database

NAMES = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
Limits = tuple[str, str, str]
PAGES: Limits = ("15s", "5s", "60s")
JOBS: Limits = ("15min", "60s", "10min")
# a table that somebody reads for long is not waited for: all who come later would wait behind us
MIGRATIONS: Limits = ("0", "3s", "0")
WITHOUT: Limits = ("0", "0", "0")
# which of them a process has; whatever says nothing is a command
PROCESS = "LINLI_PROCESS"
WEB, WORKER = "web", "worker"


def limits_of(process: str, role: str) -> Limits | None:
    """Return the limits that a process says as it connects; None where those of its role hold."""
    if role == "owner":
        return MIGRATIONS
    return {WEB: None, WORKER: JOBS}.get(process, WITHOUT)


def with_limits(db: Database, limits: Limits | None) -> dict[str, str]:
    """Return what the driver is asked for besides; what the address itself says of it goes before."""
    asked = dict(db.options)
    if limits is not None:
        said = [f"-c {name}={value}" for name, value in zip(NAMES, limits, strict=True)]
        asked["options"] = " ".join([*said, asked.get("options", "")]).strip()
    return asked


def settings_of_role(role: str) -> list[str]:
    """Return the statements that give the serving role the limits of pages."""
    return [
        f"ALTER ROLE {role} SET {name} = '{value}'"
        for name, value in zip(NAMES, PAGES, strict=True)
    ]
