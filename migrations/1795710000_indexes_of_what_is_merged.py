"""indexes of merged rows hold these alone"""

import sqlalchemy as sa
from alembic import op


revision = "1795710000"
down_revision = "1795709000"
branch_labels = ()
depends_on = None

TABLES = ("citation", "order_citation", "place", "production", "shoot", "source")


def upgrade() -> None:
    merged = sa.text("merged_into_id IS NOT NULL")
    for table in TABLES:
        name = f"ix_{table}_merged_into_id"
        op.drop_index(name, table_name=table)
        op.create_index(name, table, ["merged_into_id"], sqlite_where=merged, postgresql_where=merged)


def downgrade() -> None:
    for table in TABLES:
        name = f"ix_{table}_merged_into_id"
        op.drop_index(name, table_name=table)
        op.create_index(name, table, ["merged_into_id"])
