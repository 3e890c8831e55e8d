"""drafts, orders, further sources and drawn areas of sightings"""

import sqlalchemy as sa
from alembic import op


revision = "1795707946"
down_revision = "1795708372"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sighting_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saves", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("saves > 0", name=op.f("ck_sighting_draft_saves_counted")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_sighting_draft_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting_draft")),
        sa.UniqueConstraint("user_id", name=op.f("uq_sighting_draft_user_id")),
    )
    with op.batch_alter_table("sighting_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sighting_draft_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "sighting_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sighting_id", sa.Integer(), nullable=False),
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
            nullable=False,
        ),
        sa.Column("other_sighting_id", sa.Integer(), nullable=True),
        sa.Column("other_shoot_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(other_sighting_id is null) <> (other_shoot_id is null)",
            name=op.f("ck_sighting_order_one_other"),
        ),
        sa.CheckConstraint(
            "other_sighting_id is null or other_sighting_id <> sighting_id",
            name=op.f("ck_sighting_order_not_after_itself"),
        ),
        sa.ForeignKeyConstraint(
            ["other_shoot_id"], ["shoot.id"], name=op.f("fk_sighting_order_other_shoot_id_shoot")
        ),
        sa.ForeignKeyConstraint(
            ["other_sighting_id"], ["sighting.id"], name=op.f("fk_sighting_order_other_sighting_id_sighting")
        ),
        sa.ForeignKeyConstraint(
            ["sighting_id"], ["sighting.id"], name=op.f("fk_sighting_order_sighting_id_sighting")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_sighting_order_source_id_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting_order")),
    )
    with op.batch_alter_table("sighting_order", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sighting_order_other_shoot_id"), ["other_shoot_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_sighting_order_other_sighting_id"), ["other_sighting_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_sighting_order_sighting_id"), ["sighting_id"], unique=False)

    op.create_table(
        "sighting_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sighting_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "official_post",
                "production_statement",
                "film_commission",
                "municipality",
                "permit",
                "own_reporting",
                "repeated_reporting",
                "eyewitness_media",
                "trade_press",
                "book",
                "credits",
                "interview",
                "database",
                "own_knowledge",
                name="sourcekind_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(length=2000), nullable=False),
        sa.Column("quote", sa.String(length=500), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("address like 'http%'", name=op.f("ck_sighting_source_address_is_http")),
        sa.ForeignKeyConstraint(
            ["sighting_id"], ["sighting.id"], name=op.f("fk_sighting_source_sighting_id_sighting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting_source")),
        sa.UniqueConstraint("sighting_id", "address", name=op.f("uq_sighting_source_sighting_id_address")),
    )
    with op.batch_alter_table("sighting_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sighting_source_sighting_id"), ["sighting_id"], unique=False)

    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("implied", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("place_geometry", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.drop_column("place_geometry")
        batch_op.drop_column("implied")

    with op.batch_alter_table("sighting_source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sighting_source_sighting_id"))

    op.drop_table("sighting_source")
    with op.batch_alter_table("sighting_order", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sighting_order_sighting_id"))
        batch_op.drop_index(batch_op.f("ix_sighting_order_other_sighting_id"))
        batch_op.drop_index(batch_op.f("ix_sighting_order_other_shoot_id"))

    op.drop_table("sighting_order")
    with op.batch_alter_table("sighting_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sighting_draft_expires_at"))

    op.drop_table("sighting_draft")
