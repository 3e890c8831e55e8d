"""merged rows"""

from alembic import op


revision = "1795700000"
down_revision = "1795698464"
branch_labels = ()
depends_on = None

TABLES = ("citation", "order_citation", "place", "production", "shoot", "source")


def upgrade() -> None:
    for table in TABLES:
        # Written out: SQLite adds a column with its reference in place, but no constraint afterwards.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN merged_into_id INTEGER"
            f" CONSTRAINT fk_{table}_merged_into_id_{table} REFERENCES {table} (id)"
        )
        op.create_index(f"ix_{table}_merged_into_id", table, ["merged_into_id"])


def downgrade() -> None:
    # What was merged is there again, without what moved to the row that stayed.
    for table in TABLES:
        op.drop_index(f"ix_{table}_merged_into_id", table_name=table)
        op.execute(f"ALTER TABLE {table} DROP COLUMN merged_into_id")
