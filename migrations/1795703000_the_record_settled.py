"""what settlements are about, since when scenes are known, pairs that are not one"""

import sqlalchemy as sa
from alembic import op

revision = "1795703000"
down_revision = "1795702000"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    # What was settled before is asked once more: its key does not say of which shoots it spoke.
    op.add_column("settlement", sa.Column("about", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("shoot", sa.Column("scene_known_from", sa.Date(), nullable=True))
    op.create_table(
        "distinct_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_distinct_pair_in_order")),
        sa.CheckConstraint(
            "kind in ('production', 'place', 'source', 'shoot')", name=op.f("ck_distinct_pair_kind_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distinct_pair")),
        sa.UniqueConstraint("kind", "first_id", "second_id", name=op.f("uq_distinct_pair_kind_first_id_second_id")),
    )


def downgrade() -> None:
    op.drop_table("distinct_pair")
    op.drop_column("shoot", "scene_known_from")
    op.drop_column("settlement", "about")
