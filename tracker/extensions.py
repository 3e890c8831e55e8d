"""The Flask extensions that all doors share; `create_app` ties them to an application."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from flask_alembic import Alembic
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf.csrf import CSRFProtect

from tracker.foundation.database import UtcDateTime

db = SQLAlchemy()
limiter = Limiter(get_remote_address, headers_enabled=True)
csrf = CSRFProtect()
alembic = Alembic(run_mkdir=False)
MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def render_type(kind: str, item: Any, _: object) -> str | Literal[False]:
    """Write our own column types into migrations as what they are in the database."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False
