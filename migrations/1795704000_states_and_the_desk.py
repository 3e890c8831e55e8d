"""states and the desk"""

import sqlalchemy as sa
from alembic import op


revision = "1795704000"
down_revision = "1795703000"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    op.create_table(
        "second_person_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "place_privacy",
                "citation",
                "order_citation",
                name="asked_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column(
            "privacy",
            sa.Enum(
                "open",
                "obscured",
                "private",
                name="privacy_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "confirmed",
                "refused",
                name="requeststate_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'place_privacy') = (privacy is not null)",
            name=op.f("ck_second_person_request_privacy_of_places"),
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at is null)",
            name=op.f("ck_second_person_request_decided_unless_waiting"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["user_account.id"],
            name=op.f("fk_second_person_request_asked_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["user_account.id"],
            name=op.f("fk_second_person_request_decided_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_person_request")),
    )
    with op.batch_alter_table("second_person_request", schema=None) as batch_op:
        batch_op.create_index(
            "uq_second_person_request_waiting",
            ["kind", "row_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "trust_revocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("revoked_by_id", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["user_account.id"], name=op.f("fk_trust_revocation_lifted_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["revoked_by_id"],
            ["user_account.id"],
            name=op.f("fk_trust_revocation_revoked_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_trust_revocation_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trust_revocation")),
    )
    with op.batch_alter_table("trust_revocation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trust_revocation_user_id"), ["user_id"], unique=False)

    op.create_table(
        "desk_presence",
        sa.Column("sighting_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sighting_id"], ["sighting.id"], name=op.f("fk_desk_presence_sighting_id_sighting")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_desk_presence_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("sighting_id", "user_id", name=op.f("pk_desk_presence")),
    )
    with op.batch_alter_table("desk_presence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_desk_presence_seen_at"), ["seen_at"], unique=False)

    op.create_table(
        "sighting_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sighting_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "turned_down",
                "answer",
                "note",
                name="remarkkind_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "wrong_namesake",
                "repeats_what_we_have",
                "no_source",
                "cannot_be",
                "someones_home",
                "not_about_filming",
                name="reason_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_sighting_remark_author_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["sighting_id"], ["sighting.id"], name=op.f("fk_sighting_remark_sighting_id_sighting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting_remark")),
    )
    with op.batch_alter_table("sighting_remark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sighting_remark_sighting_id"), ["sighting_id"], unique=False)

    # Plain statements: a batch would build the table anew, and rows of other tables hang on it.
    no = "0" if op.get_bind().dialect.name == "sqlite" else "false"
    op.execute(
        f"ALTER TABLE sighting ADD COLUMN unreviewed BOOLEAN DEFAULT {no} NOT NULL "
        "CONSTRAINT ck_sighting_unreviewed_is_published CHECK "
        "(not unreviewed or (state in ('accepted', 'merged') and decided_by_id is null))"
    )
    op.execute(
        "ALTER TABLE sighting ADD COLUMN risk VARCHAR(32) DEFAULT 'none' NOT NULL "
        "CONSTRAINT ck_sighting_risk_known CHECK "
        "(risk IN ('privacy', 'contradiction', 'new_account', 'none'))"
    )
    op.execute("ALTER TABLE sighting ADD COLUMN flags JSON DEFAULT '[]' NOT NULL")
    # The default was for the rows that were there.
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.alter_column("flags", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_sighting_risk_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_sighting_unreviewed_is_published"), type_="check")
        batch_op.drop_column("flags")
        batch_op.drop_column("risk")
        batch_op.drop_column("unreviewed")

    with op.batch_alter_table("sighting_remark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sighting_remark_sighting_id"))

    op.drop_table("sighting_remark")
    with op.batch_alter_table("desk_presence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_desk_presence_seen_at"))

    op.drop_table("desk_presence")
    with op.batch_alter_table("trust_revocation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trust_revocation_user_id"))

    op.drop_table("trust_revocation")
    with op.batch_alter_table("second_person_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_second_person_request_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.drop_table("second_person_request")
