"""Structured logs, one JSON object a line, without personal data: ids and counts, never words of people."""

from __future__ import annotations

import logging.config
import os
import sys
from typing import Any

import structlog

from linli.config import tracebacks


def configure(level: str, *, pretty: bool = False) -> None:
    """Set up logging for this process, Django's and ours in one shape."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    render = (
        structlog.dev.ConsoleRenderer(colors=_takes_colours())
        if pretty
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        # what nobody wants to read is not put together
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig({
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    tracebacks.write_exception,
                    render,
                ],
            }
        },
        "filters": {
            "pages": {"()": tracebacks.FailedPages},
        },
        "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["err"], "level": level},
        "loggers": {
            "django.request": {"level": "ERROR", "filters": ["pages"]},
            "django.db.backends": {"level": "INFO"},
            "django.security": {"level": "WARNING"},
            "procrastinate": {"level": "WARNING"},
            "linli.web": {"level": "WARNING" if pretty else level},
        },
    })  # fmt: skip


def _takes_colours() -> bool:
    """A terminal shows colours; a file, a pipe or whoever sets NO_COLOR gets plain signs."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR")
