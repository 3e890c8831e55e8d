"""photos of places"""

import sqlalchemy as sa
from alembic import op

revision = "1795708078"
down_revision = "1795708228"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    op.create_table(
        "photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("shoot_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "then", "now", name="photorole_known", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("then_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(length=300), nullable=False),
        sa.Column(
            "licence",
            sa.Enum(
                "cc0-1.0",
                "pdm-1.0",
                "cc-by-4.0",
                "cc-by-sa-4.0",
                "cc-by-3.0",
                "cc-by-sa-3.0",
                "cc-by-2.0",
                "cc-by-sa-2.0",
                "ogl-3.0",
                name="licence_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("source_address", sa.String(length=2000), nullable=True),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("taken_text", sa.String(length=300), nullable=False),
        sa.Column("taken_edtf", sa.String(length=300), nullable=False),
        sa.Column("taken_earliest", sa.Date(), nullable=True),
        sa.Column("taken_latest", sa.Date(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("uncertainty_m", sa.Integer(), nullable=True),
        sa.Column("heading", sa.Double(), nullable=True),
        sa.Column("spoiler", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "published",
                "rejected",
                "removed",
                "redacted",
                name="photostate_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'redacted') = (digest is null)", name=op.f("ck_photo_file_unless_redacted")
        ),
        sa.CheckConstraint(
            "source_address is null or source_address like 'http%'", name=op.f("ck_photo_address_is_http")
        ),
        sa.CheckConstraint(
            "state <> 'published' or place_id is not null", name=op.f("ck_photo_published_has_place")
        ),
        sa.CheckConstraint("(lat is null) = (lon is null)", name=op.f("ck_photo_lat_with_lon")),
        sa.CheckConstraint("heading >= 0 and heading < 360", name=op.f("ck_photo_heading_on_compass")),
        sa.CheckConstraint("lat between -90 and 90", name=op.f("ck_photo_lat_on_earth")),
        sa.CheckConstraint("lon between -180 and 180", name=op.f("ck_photo_lon_on_earth")),
        sa.CheckConstraint("spoiler between 0 and 2", name=op.f("ck_photo_spoiler_level")),
        sa.CheckConstraint(
            "taken_earliest is null or taken_latest is null or taken_earliest <= taken_latest",
            name=op.f("ck_photo_taken_in_order"),
        ),
        sa.CheckConstraint("then_id is null or then_id <> id", name=op.f("ck_photo_not_its_own_then")),
        sa.CheckConstraint("uncertainty_m >= 0", name=op.f("ck_photo_uncertainty_not_negative")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user_account.id"], name=op.f("fk_photo_decided_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_photo_place_id_place")),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["user_account.id"], name=op.f("fk_photo_sent_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["shoot_id"], ["shoot.id"], name=op.f("fk_photo_shoot_id_shoot")),
        sa.ForeignKeyConstraint(["then_id"], ["photo.id"], name=op.f("fk_photo_then_id_photo")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_photo_digest"), ["digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_photo_place_id"), ["place_id"], unique=False)
        batch_op.create_index("ix_photo_queue", ["state", "sent_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_photo_sent_by_id"), ["sent_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_photo_shoot_id"), ["shoot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_photo_then_id"), ["then_id"], unique=False)

    op.create_table(
        "sighting_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sighting_id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_sighting_photo_photo_id_photo"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sighting_id"], ["sighting.id"], name=op.f("fk_sighting_photo_sighting_id_sighting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting_photo")),
        sa.UniqueConstraint("photo_id", name=op.f("uq_sighting_photo_photo_id")),
    )
    with op.batch_alter_table("sighting_photo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sighting_photo_sighting_id"), ["sighting_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("sighting_photo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sighting_photo_sighting_id"))

    op.drop_table("sighting_photo")
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_photo_then_id"))
        batch_op.drop_index(batch_op.f("ix_photo_shoot_id"))
        batch_op.drop_index(batch_op.f("ix_photo_sent_by_id"))
        batch_op.drop_index("ix_photo_queue")
        batch_op.drop_index(batch_op.f("ix_photo_place_id"))
        batch_op.drop_index(batch_op.f("ix_photo_digest"))

    op.drop_table("photo")
