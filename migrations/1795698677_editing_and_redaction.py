"""editing and redaction"""

from alembic import op


revision = "1795698677"
down_revision = "1795696987"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    # Columns with their constraints in one statement: SQLite would otherwise copy and drop tables to which
    # other rows refer.
    for table in ("change", "revision"):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN redaction_id INTEGER "
            f"CONSTRAINT fk_{table}_redaction_id_change REFERENCES change (id)"
        )
        op.create_index(f"ix_{table}_redaction_id", table, ["redaction_id"], unique=False)
    op.execute(
        "ALTER TABLE source ADD COLUMN archive_address VARCHAR(2000) CONSTRAINT ck_source_archive_is_http "
        "CHECK (archive_address IS NULL OR archive_address LIKE 'http%')"
    )
    op.execute("ALTER TABLE source ADD COLUMN version INTEGER DEFAULT 1 NOT NULL")


def downgrade() -> None:
    op.execute("ALTER TABLE source DROP COLUMN version")
    op.execute("ALTER TABLE source DROP COLUMN archive_address")
    for table in ("revision", "change"):
        op.drop_index(f"ix_{table}_redaction_id", table_name=table)
        op.execute(f"ALTER TABLE {table} DROP COLUMN redaction_id")
