"""Whether the database can be used, for all doors: in one line that says what to do about it."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from tracker.exchange.dumping.snapshot import NO_TABLES
from tracker.exchange.dumping.tables import revision_of
from tracker.extensions import alembic, db
from tracker.foundation.errors import TrackerError


def what_is_missing() -> str:
    """Answer what is wrong with the database and the remedy, "" if it can be used."""
    try:
        with db.engine.connect() as connection:
            revision = revision_of(connection)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0].rstrip(".")
        return f"The database {shown_address()} cannot be used: {reason}. Check DATABASE_URL."
    except TrackerError as error:
        return str(error)
    heads = set(alembic.script_directory.get_heads())
    if not revision:
        return NO_TABLES
    if revision in heads:
        return ""
    known = {script.revision for script in alembic.script_directory.walk_revisions()}
    if revision not in known:
        return (
            f"The database is of schema {revision}, which this version does not know. "
            "Bring the program up to date."
        )
    return f"The database is at schema {revision}, and this version needs {', '.join(sorted(heads))}. " + (
        "Run `flask --app wsgi db upgrade`."
    )


def shown_address() -> str:
    """Answer the database's address without its password."""
    return db.engine.url.render_as_string(hide_password=True)
