"""evidence of sources: repeats undone, disputed orders, settlements, waiting citations"""

import sqlalchemy as sa
from alembic import op

from tracker.sources.addresses import address_key


revision = "1795698464"
down_revision: str | None = "1795698677"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settlement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("production_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["production_id"], ["production.id"], name=op.f("fk_settlement_production_id_production")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
        sa.UniqueConstraint("production_id", "key", name=op.f("uq_settlement_production_id_key")),
    )
    _create_offered_citation()
    # Plain statements that both databases take: a batch would build the tables anew, and on SQLite a table
    # that others refer to cannot be dropped for that.
    op.execute(
        "ALTER TABLE order_citation ADD COLUMN stance VARCHAR(32) DEFAULT 'supports' NOT NULL"
        " CONSTRAINT ck_order_citation_stance_known CHECK (stance IN ('supports', 'refutes', 'mentions'))"
    )
    op.execute(
        "ALTER TABLE source ADD COLUMN passes_on_id INTEGER"
        " CONSTRAINT fk_source_passes_on_id_source REFERENCES source (id)"
    )
    op.execute("UPDATE source SET passes_on_id = repeats_id")
    _fold_addresses_anew()


def _fold_addresses_anew() -> None:
    """Give every source the key by which its address is looked up now; of two that meet the first has it."""
    source = sa.table("source", sa.column("id"), sa.column("address"), sa.column("address_key"))
    connection = op.get_bind()
    rows = connection.execute(sa.select(source.c.id, source.c.address, source.c.address_key)).all()
    taken = {row.address_key for row in rows if row.address_key}
    for row in rows:
        key = address_key(row.address) if row.address else None
        if key is not None and key not in taken:
            taken.add(key)
            connection.execute(source.update().where(source.c.id == row.id).values(address_key=key))


def _create_offered_citation() -> None:
    op.create_table(
        "offered_citation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shoot_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column(
            "relation",
            sa.Enum(
                "next",
                "after",
                "before",
                name="relation_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("says", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "accepted",
                "merged",
                "rejected",
                "withdrawn",
                name="state_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'pending') = (decided_at is null)",
            name=op.f("ck_offered_citation_decided_unless_pending"),
        ),
        sa.CheckConstraint(
            "(relation is null) = (other_id is null)", name=op.f("ck_offered_citation_relation_with_other")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["user_account.id"],
            name=op.f("fk_offered_citation_decided_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(["other_id"], ["shoot.id"], name=op.f("fk_offered_citation_other_id_shoot")),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["user_account.id"], name=op.f("fk_offered_citation_sent_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["shoot_id"], ["shoot.id"], name=op.f("fk_offered_citation_shoot_id_shoot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offered_citation")),
    )
    with op.batch_alter_table("offered_citation", schema=None) as batch_op:
        batch_op.create_index("ix_offered_citation_queue", ["state", "sent_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_offered_citation_sent_by_id"), ["sent_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offered_citation_shoot_id"), ["shoot_id"], unique=False)


def downgrade() -> None:
    op.execute("ALTER TABLE source DROP COLUMN passes_on_id")
    op.execute("ALTER TABLE order_citation DROP COLUMN stance")
    op.drop_table("offered_citation")
    op.drop_table("settlement")
