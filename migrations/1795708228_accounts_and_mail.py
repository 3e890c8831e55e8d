"""accounts and mail"""

import sqlalchemy as sa
from alembic import op


revision = "1795708228"
down_revision = "1795704000"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reset_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.String(length=254), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reset_request")),
    )
    op.create_table(
        "retired_name",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_retired_name")),
    )
    op.create_table(
        "account_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column(
            "deed",
            sa.Enum(
                "suspended",
                "reinstated",
                "role",
                "reset_link",
                "password",
                "signed_out",
                "deleted",
                name="deed_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_account_event_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_account_event_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_event")),
    )
    with op.batch_alter_table("account_event", schema=None) as batch_op:
        batch_op.create_index("ix_account_event_user_id", ["user_id", "id"], unique=False)

    op.create_table(
        "outgoing_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("unsubscribe", sa.String(length=500), nullable=False),
        sa.Column("message_id", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_outgoing_letter_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_letter")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outgoing_letter_message_id")),
    )
    with op.batch_alter_table("outgoing_letter", schema=None) as batch_op:
        batch_op.create_index("ix_outgoing_letter_due", ["failed_at", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_outgoing_letter_user_id"), ["user_id"], unique=False)

    op.create_table(
        "telling",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("feed_key", sa.String(length=40), nullable=True),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("mail_key", sa.String(length=40), nullable=False),
        sa.Column("told_up_to", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_telling_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_telling")),
    )
    op.create_table(
        "watch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("production_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(production_id is null) <> (place_id is null)", name=op.f("ck_watch_one_of_two")),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_watch_place_id_place"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["production_id"],
            ["production.id"],
            name=op.f("fk_watch_production_id_production"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_watch_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch")),
        sa.UniqueConstraint("user_id", "place_id", name=op.f("uq_watch_user_id_place_id")),
        sa.UniqueConstraint("user_id", "production_id", name=op.f("uq_watch_user_id_production_id")),
    )
    with op.batch_alter_table("watch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_watch_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_watch_production_id"), ["production_id"], unique=False)

    # Plain statements: a copy of the table would first have to drop it, and half the schema refers to it.
    op.add_column("user_account", sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
    for column in ("email VARCHAR(254)", "pending_email VARCHAR(254)"):
        op.execute(f"ALTER TABLE user_account ADD COLUMN {column}")
    op.execute(
        "ALTER TABLE user_account ADD COLUMN email_key VARCHAR(254) "
        "CONSTRAINT ck_user_account_email_with_key CHECK ((email IS NULL) = (email_key IS NULL))"
    )
    op.create_index("uq_user_account_email_key", "user_account", ["email_key"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_user_account_email_key", table_name="user_account")
    for column in ("email_key", "pending_email", "email", "deleted_at"):
        op.execute(f"ALTER TABLE user_account DROP COLUMN {column}")
    with op.batch_alter_table("watch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_watch_production_id"))
        batch_op.drop_index(batch_op.f("ix_watch_place_id"))

    op.drop_table("watch")
    op.drop_table("telling")
    with op.batch_alter_table("outgoing_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outgoing_letter_user_id"))
        batch_op.drop_index("ix_outgoing_letter_due")

    op.drop_table("outgoing_letter")
    with op.batch_alter_table("account_event", schema=None) as batch_op:
        batch_op.drop_index("ix_account_event_user_id")

    op.drop_table("account_event")
    op.drop_table("retired_name")
    op.drop_table("reset_request")
