"""The migrations, as restoring needs them: which there are, and how to get to one."""

from __future__ import annotations

from alembic.util import CommandError
from flask import current_app

from tracker.exchange.dumping.tables import revision_of
from tracker.extensions import alembic, db


class Migrations:
    """Brings the application's database from one revision to another."""

    @property
    def head(self) -> str:
        return alembic.script_directory.get_current_head() or ""

    def knows(self, revision: str) -> bool:
        """Say whether there is a revision of that very name."""
        try:
            found = alembic.script_directory.get_revision(revision) if revision else None
        except CommandError:
            return False
        return found is not None and found.revision == revision

    def go_to(self, revision: str) -> None:
        """Migrate up or down to a revision; "" is before the first."""
        # Of its own, so that the connection on which it migrates is given back at once.
        with current_app.app_context(), db.engine.connect() as connection:
            now = revision_of(connection)
            connection.close()
            if now == revision:
                return
            below = {
                script.revision
                for script in alembic.script_directory.iterate_revisions(revision or "base", "base")
            }
            if not now or now in below:
                alembic.upgrade(revision)
            else:
                alembic.downgrade(revision or "base")
