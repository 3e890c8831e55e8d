"""partners, what sources say a place plays, and what is in the film"""

import sqlalchemy as sa
from alembic import op


revision = "1795699800"
down_revision = "1795700000"
branch_labels = ()
depends_on = None

_IN_FILM = "('in_the_film', 'cut', 'unknown')"


def upgrade() -> None:
    # Plain statements: a batch would build the tables anew, and rows of other tables hang on them.
    op.execute(
        "ALTER TABLE shoot ADD COLUMN in_film VARCHAR(32) DEFAULT 'unknown' NOT NULL "
        f"CONSTRAINT ck_shoot_infilm_known CHECK (in_film IN {_IN_FILM})"
    )
    op.execute(
        "ALTER TABLE citation ADD COLUMN in_film VARCHAR(32) "
        f"CONSTRAINT ck_citation_infilm_known CHECK (in_film IN {_IN_FILM})"
    )
    op.execute("ALTER TABLE citation ADD COLUMN story_place VARCHAR(300) DEFAULT '' NOT NULL")
    op.create_table(
        "partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "municipality",
                "authority",
                "film_commission",
                "incentive",
                "railway",
                "museum",
                "owner",
                "other",
                name="partnerkind_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("site", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
    )
    op.create_index("uq_partner_name_key", "partner", ["name_key", "country"], unique=True)
    op.create_table(
        "partner_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("production_id", sa.Integer(), nullable=False),
        sa.Column("shoot_id", sa.Integer(), nullable=True),
        sa.Column(
            "help",
            sa.Enum(
                "permission",
                "commission",
                "incentive",
                "railway",
                "museum",
                "other",
                name="help_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "manner",
            sa.Enum(
                "states",
                "implies",
                name="manner_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.CheckConstraint("length(note) <= 500", name=op.f("ck_partner_role_note_length")),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_partner_role_partner_id_partner")
        ),
        sa.ForeignKeyConstraint(
            ["production_id"], ["production.id"], name=op.f("fk_partner_role_production_id_production")
        ),
        sa.ForeignKeyConstraint(["shoot_id"], ["shoot.id"], name=op.f("fk_partner_role_shoot_id_shoot")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_partner_role_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_role")),
        sa.UniqueConstraint(
            "partner_id",
            "production_id",
            "shoot_id",
            "help",
            name=op.f("uq_partner_role_partner_id_production_id_shoot_id_help"),
        ),
    )
    for column in ("partner_id", "production_id", "shoot_id", "source_id"):
        op.create_index(op.f(f"ix_partner_role_{column}"), "partner_role", [column])


def downgrade() -> None:
    op.drop_table("partner_role")
    op.drop_table("partner")
    op.drop_column("citation", "story_place")
    op.drop_column("citation", "in_film")
    op.drop_column("shoot", "in_film")
