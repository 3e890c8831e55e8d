"""Logs: one JSON object a line on standard error, without anybody's input in tracebacks."""

from __future__ import annotations

import logging
import sys

import structlog


def configure() -> None:
    """Set structured logging up for the whole process."""
    # At each readiness check it would tell which database it talks to.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # The plain form: the pretty one prints local variables, and with them what people typed.
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
