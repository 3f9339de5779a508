"""What a server of ours is told: `linli.conf`, written anew at each start."""

from __future__ import annotations

from pathlib import Path

from linli.cli.embedded import memory
from linli.config.secrets import EMBEDDED_PORT

# statements, values and the words of errors hold personal data: none of them is written to a file
CONF = """\
listen_addresses = ''
port = {port}
unix_socket_directories = {run}
unix_socket_permissions = 0777
max_connections = {connections}
shared_buffers = '{buffers}MB'
effective_cache_size = '{cache}MB'
work_mem = '8MB'
maintenance_work_mem = '128MB'
max_wal_size = '2GB'
checkpoint_timeout = '15min'
logging_collector = on
log_directory = {log}
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_min_duration_statement = -1
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
log_min_error_statement = panic
log_min_messages = log
log_timezone = 'Asia/Shanghai'
timezone = 'UTC'
jit = off
"""
# a small one is emptied faster, which each dropped database waits for
CARELESS = (
    "shared_buffers = '256MB'\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
)


def text(run: Path, log: Path, connections: int, *, durable: bool) -> str:
    """Return the settings of a server whose sockets lie in `run`, sized for this machine."""
    whole = memory.memory_mb()
    told = CONF.format(
        port=EMBEDDED_PORT,
        run=_quoted('"' + str(run).replace('"', '""') + '"'),
        log=_quoted(str(log)),
        connections=connections,
        buffers=memory.buffers_mb(whole),
        cache=whole // 2,
    )
    return told if durable else told + CARELESS


def _quoted(value: str) -> str:
    """Return a value as PostgreSQL's settings file reads it."""
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"
