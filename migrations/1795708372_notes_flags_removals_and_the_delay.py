"""notes flags removals and the delay"""

import sqlalchemy as sa
from alembic import op


revision = "1795708372"
down_revision = "1795708078"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("page", sa.String(length=500), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "wrong",
                "spam",
                "privacy",
                "spoiler",
                "other",
                name="flagreason_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["user_account.id"], name=op.f("fk_page_flag_closed_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_flag")),
    )
    with op.batch_alter_table("page_flag", schema=None) as batch_op:
        batch_op.create_index("ix_page_flag_queue", ["closed_at", "sent_at"], unique=False)

    op.create_table(
        "removal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "about",
            sa.Enum(
                "place",
                "shoot",
                "photo",
                "text",
                name="removalof_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("shoot_id", sa.Integer(), nullable=True),
        sa.Column("page", sa.String(length=300), nullable=False),
        sa.Column(
            "asker",
            sa.Enum(
                "resident",
                "owner",
                "shown",
                "other",
                name="asker_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "refused",
                "kept",
                "granted",
                name="removalstate_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "privacy_before",
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
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'kept') = (confirmed_at is not null)", name=op.f("ck_removal_kept_is_confirmed")
        ),
        sa.CheckConstraint(
            "(state = 'pending') = (decided_at is null)", name=op.f("ck_removal_decided_unless_pending")
        ),
        sa.CheckConstraint(
            "confirmed_by_id is null or confirmed_by_id <> decided_by_id",
            name=op.f("ck_removal_confirmed_by_another"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["user_account.id"], name=op.f("fk_removal_confirmed_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user_account.id"], name=op.f("fk_removal_decided_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_removal_place_id_place")),
        sa.ForeignKeyConstraint(["shoot_id"], ["shoot.id"], name=op.f("fk_removal_shoot_id_shoot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removal")),
        sa.UniqueConstraint("digest", name=op.f("uq_removal_digest")),
    )
    with op.batch_alter_table("removal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_removal_network"), ["network"], unique=False)
        batch_op.create_index(batch_op.f("ix_removal_place_id"), ["place_id"], unique=False)
        batch_op.create_index("ix_removal_queue", ["state", "asked_at"], unique=False)

    op.create_table(
        "removal_contact",
        sa.Column("removal_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("delete_after", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["removal_id"], ["removal.id"], name=op.f("fk_removal_contact_removal_id_removal")
        ),
        sa.PrimaryKeyConstraint("removal_id", name=op.f("pk_removal_contact")),
    )
    with op.batch_alter_table("removal_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_removal_contact_delete_after"), ["delete_after"], unique=False)

    op.create_table(
        "visitor_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("page", sa.String(length=300), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("observed", sa.String(length=300), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "rumoured",
                "planned",
                "permitted",
                "under_way",
                "wrapped",
                "postponed",
                "suspended",
                "cancelled",
                "confirmed",
                name="status_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(length=2000), nullable=True),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "taken",
                "turned",
                "closed",
                name="notestate_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sighting_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'turned') = (sighting_id is not null)", name=op.f("ck_visitor_note_turned_has_sighting")
        ),
        sa.CheckConstraint(
            "state <> 'closed' or length(reason) > 0", name=op.f("ck_visitor_note_closed_has_reason")
        ),
        sa.CheckConstraint("(lat is null) = (lon is null)", name=op.f("ck_visitor_note_lat_with_lon")),
        sa.ForeignKeyConstraint(
            ["sighting_id"], ["sighting.id"], name=op.f("fk_visitor_note_sighting_id_sighting")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["user_account.id"], name=op.f("fk_visitor_note_taken_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitor_note")),
        sa.UniqueConstraint("digest", name=op.f("uq_visitor_note_digest")),
    )
    with op.batch_alter_table("visitor_note", schema=None) as batch_op:
        batch_op.create_index("ix_visitor_note_queue", ["state", "sent_at"], unique=False)

    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("exact_from", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("stand_in_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_sighting_exact_from"), ["exact_from"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_sighting_stand_in_id_place"), "place", ["stand_in_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_sighting_stand_in_id_place"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_sighting_exact_from"))
        batch_op.drop_column("stand_in_id")
        batch_op.drop_column("exact_from")

    with op.batch_alter_table("visitor_note", schema=None) as batch_op:
        batch_op.drop_index("ix_visitor_note_queue")

    op.drop_table("visitor_note")
    with op.batch_alter_table("removal_contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_removal_contact_delete_after"))

    op.drop_table("removal_contact")
    with op.batch_alter_table("removal", schema=None) as batch_op:
        batch_op.drop_index("ix_removal_queue")
        batch_op.drop_index(batch_op.f("ix_removal_place_id"))
        batch_op.drop_index(batch_op.f("ix_removal_network"))

    op.drop_table("removal")
    with op.batch_alter_table("page_flag", schema=None) as batch_op:
        batch_op.drop_index("ix_page_flag_queue")

    op.drop_table("page_flag")
