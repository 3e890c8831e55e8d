"""the record"""

import sqlalchemy as sa
from alembic import op


revision = "1795392000"
down_revision = None
branch_labels = ("default",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "point",
                "building",
                "street",
                "square",
                "bridge",
                "railway",
                "station",
                "airport",
                "studio",
                "museum",
                "quarry",
                "park",
                "water",
                "mountain",
                "island",
                "town",
                "municipality",
                "region",
                "country",
                "area",
                name="placekind_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("region", sa.String(length=300), nullable=False),
        sa.Column("municipality", sa.String(length=300), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("uncertainty_m", sa.Integer(), nullable=True),
        sa.Column("geometry", sa.JSON(none_as_null=True), nullable=True),
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
            nullable=False,
        ),
        sa.Column("public_lat", sa.Double(), nullable=True),
        sa.Column("public_lon", sa.Double(), nullable=True),
        sa.Column("public_uncertainty_m", sa.Integer(), nullable=True),
        sa.Column("cell", sa.BigInteger(), nullable=True),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("gazetteer_id", sa.String(length=80), nullable=True),
        sa.Column("within_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(lat is null) = (lon is null)", name=op.f("ck_place_lat_with_lon")),
        sa.CheckConstraint(
            "(public_lat is null) = (public_lon is null)", name=op.f("ck_place_public_lat_with_public_lon")
        ),
        sa.CheckConstraint("lat between -90 and 90", name=op.f("ck_place_lat_on_earth")),
        sa.CheckConstraint("lon between -180 and 180", name=op.f("ck_place_lon_on_earth")),
        sa.CheckConstraint("uncertainty_m >= 0", name=op.f("ck_place_uncertainty_not_negative")),
        sa.CheckConstraint("within_id is null or within_id <> id", name=op.f("ck_place_not_within_itself")),
        sa.ForeignKeyConstraint(["within_id"], ["place.id"], name=op.f("fk_place_within_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
    )
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.create_index("ix_place_cell", ["cell"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_country"), ["country"], unique=False)
        batch_op.create_index("ix_place_name_key", ["name_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_within_id"), ["within_id"], unique=False)
        batch_op.create_index("uq_place_gazetteer_id", ["gazetteer_id"], unique=True)

    op.create_table(
        "production",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "film",
                "series",
                "season",
                "episode",
                "short",
                "commercial",
                "music_video",
                name="productionkind_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("released_text", sa.String(length=300), nullable=False),
        sa.Column("released_edtf", sa.String(length=300), nullable=False),
        sa.Column("released_earliest", sa.Date(), nullable=True),
        sa.Column("released_latest", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "released_earliest is null or released_latest is null or released_earliest <= released_latest",
            name=op.f("ck_production_released_in_order"),
        ),
        sa.CheckConstraint("year between 1870 and 2200", name=op.f("ck_production_year_of_film")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production")),
        sa.UniqueConstraint("slug", name=op.f("uq_production_slug")),
    )
    with op.batch_alter_table("production", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_production_year"), ["year"], unique=False)

    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
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
        sa.Column("by_cast", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("author", sa.String(length=300), nullable=False),
        sa.Column("outlet", sa.String(length=300), nullable=False),
        sa.Column("address", sa.String(length=2000), nullable=True),
        sa.Column("address_key", sa.String(length=2000), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=True),
        sa.Column("published_text", sa.String(length=300), nullable=False),
        sa.Column("published_edtf", sa.String(length=300), nullable=False),
        sa.Column("published_earliest", sa.Date(), nullable=True),
        sa.Column("published_latest", sa.Date(), nullable=True),
        sa.Column("captured_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("repeats_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("address is null or address like 'http%'", name=op.f("ck_source_address_is_http")),
        sa.CheckConstraint(
            "published_earliest is null or published_latest is null or published_earliest <= published_latest",
            name=op.f("ck_source_published_in_order"),
        ),
        sa.CheckConstraint(
            "repeats_id is null or repeats_id <> id", name=op.f("ck_source_not_its_own_repeat")
        ),
        sa.ForeignKeyConstraint(["repeats_id"], ["source.id"], name=op.f("fk_source_repeats_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_repeats_id"), ["repeats_id"], unique=False)
        batch_op.create_index("uq_source_address_key", ["address_key"], unique=True)

    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("name_key", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "contributor",
                "moderator",
                "admin",
                name="role_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("session_key", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(name) between 2 and 40", name=op.f("ck_user_account_name_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("name_key", name=op.f("uq_user_account_name_key")),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("comment", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_change_author_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_change_made_at", ["made_at"], unique=False)

    op.create_table(
        "place_cell",
        sa.Column("level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("sum_lat", sa.Double(), nullable=False),
        sa.Column("sum_lon", sa.Double(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("n > 0", name=op.f("ck_place_cell_not_empty")),
        sa.ForeignKeyConstraint(["member_id"], ["place.id"], name=op.f("fk_place_cell_member_id_place")),
        sa.PrimaryKeyConstraint("level", "code", name=op.f("pk_place_cell")),
    )
    op.create_table(
        "production_identifier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("production_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.CheckConstraint(
            "scheme in ('wikidata', 'imdb', 'tmdb')", name=op.f("ck_production_identifier_scheme_known")
        ),
        sa.ForeignKeyConstraint(
            ["production_id"],
            ["production.id"],
            name=op.f("fk_production_identifier_production_id_production"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_identifier")),
        sa.UniqueConstraint("scheme", "value", name=op.f("uq_production_identifier_scheme_value")),
    )
    with op.batch_alter_table("production_identifier", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_identifier_production_id"), ["production_id"], unique=False
        )

    op.create_table(
        "shoot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("production_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "main",
                "second",
                "aerial",
                "pickup",
                "reshoot",
                "unknown",
                name="unit_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("start_text", sa.String(length=300), nullable=False),
        sa.Column("start_edtf", sa.String(length=300), nullable=False),
        sa.Column("start_earliest", sa.Date(), nullable=True),
        sa.Column("start_latest", sa.Date(), nullable=True),
        sa.Column("end_text", sa.String(length=300), nullable=False),
        sa.Column("end_edtf", sa.String(length=300), nullable=False),
        sa.Column("end_earliest", sa.Date(), nullable=True),
        sa.Column("end_latest", sa.Date(), nullable=True),
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
        sa.Column(
            "grade",
            sa.Enum(
                "A",
                "B",
                "C",
                "D",
                "E",
                "X",
                "Z",
                name="grade_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("story_place", sa.String(length=300), nullable=False),
        sa.Column("scene", sa.String(length=500), nullable=False),
        sa.Column("interior_exterior", sa.String(length=8), nullable=False),
        sa.Column("day_night", sa.String(length=10), nullable=False),
        sa.Column("spoiler", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source_order", sa.Integer(), nullable=True),
        sa.Column("refuted_reason", sa.String(length=500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "day_night in ('', 'DAY', 'NIGHT', 'DAY/NIGHT')", name=op.f("ck_shoot_day_night_known")
        ),
        sa.CheckConstraint(
            "interior_exterior in ('', 'INT', 'EXT', 'INT/EXT')",
            name=op.f("ck_shoot_interior_exterior_known"),
        ),
        sa.CheckConstraint("status <> 'confirmed'", name=op.f("ck_shoot_status_resolved")),
        sa.CheckConstraint(
            "end_earliest is null or end_latest is null or end_earliest <= end_latest",
            name=op.f("ck_shoot_end_in_order"),
        ),
        sa.CheckConstraint("spoiler between 0 and 2", name=op.f("ck_shoot_spoiler_level")),
        sa.CheckConstraint(
            "start_earliest is null or start_latest is null or start_earliest <= start_latest",
            name=op.f("ck_shoot_start_in_order"),
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_shoot_place_id_place")),
        sa.ForeignKeyConstraint(
            ["production_id"], ["production.id"], name=op.f("fk_shoot_production_id_production")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shoot")),
    )
    with op.batch_alter_table("shoot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shoot_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shoot_production_id"), ["production_id"], unique=False)

    op.create_table(
        "title",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("production_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "official",
                "working",
                "alias",
                name="titlekind_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(
            ["production_id"], ["production.id"], name=op.f("fk_title_production_id_production")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_title")),
        sa.UniqueConstraint("production_id", "key", name=op.f("uq_title_production_id_key")),
    )
    with op.batch_alter_table("title", schema=None) as batch_op:
        batch_op.create_index("ix_title_key", ["key"], unique=False)
        batch_op.create_index(batch_op.f("ix_title_slug"), ["slug"], unique=False)

    op.create_table(
        "change_subject",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_change_subject_change_id_change")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_subject")),
        sa.UniqueConstraint(
            "change_id", "kind", "subject_id", name=op.f("uq_change_subject_change_id_kind_subject_id")
        ),
    )
    with op.batch_alter_table("change_subject", schema=None) as batch_op:
        batch_op.create_index("ix_change_subject_of", ["kind", "subject_id", "change_id"], unique=False)

    op.create_table(
        "citation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shoot_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column(
            "stance",
            sa.Enum(
                "supports",
                "refutes",
                "mentions",
                name="stance_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "manner",
            sa.Enum(
                "states", "implies", name="manner_known", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "shows",
            sa.Enum(
                "work", "presence", name="shows_known", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
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
            nullable=True,
        ),
        sa.Column("start_text", sa.String(length=300), nullable=False),
        sa.Column("start_edtf", sa.String(length=300), nullable=False),
        sa.Column("start_earliest", sa.Date(), nullable=True),
        sa.Column("start_latest", sa.Date(), nullable=True),
        sa.Column("end_text", sa.String(length=300), nullable=False),
        sa.Column("end_edtf", sa.String(length=300), nullable=False),
        sa.Column("end_earliest", sa.Date(), nullable=True),
        sa.Column("end_latest", sa.Date(), nullable=True),
        sa.Column("speaks_of_id", sa.Integer(), nullable=True),
        sa.Column("quote", sa.String(length=300), nullable=False),
        sa.Column("locator", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("closed_reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint("length(quote) <= 300", name=op.f("ck_citation_quote_length")),
        sa.ForeignKeyConstraint(["shoot_id"], ["shoot.id"], name=op.f("fk_citation_shoot_id_shoot")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_citation_source_id_source")),
        sa.ForeignKeyConstraint(["speaks_of_id"], ["place.id"], name=op.f("fk_citation_speaks_of_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation")),
        sa.UniqueConstraint(
            "shoot_id", "source_id", "stance", name=op.f("uq_citation_shoot_id_source_id_stance")
        ),
    )
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.create_index("ix_citation_source_id", ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_citation_speaks_of_id"), ["speaks_of_id"], unique=False)

    op.create_table(
        "order_citation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("production_id", sa.Integer(), nullable=False),
        sa.Column("shoot_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
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
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column(
            "manner",
            sa.Enum(
                "states", "implies", name="manner_known", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("closed_reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint("shoot_id <> other_id", name=op.f("ck_order_citation_two_shoots")),
        sa.ForeignKeyConstraint(["other_id"], ["shoot.id"], name=op.f("fk_order_citation_other_id_shoot")),
        sa.ForeignKeyConstraint(
            ["production_id"], ["production.id"], name=op.f("fk_order_citation_production_id_production")
        ),
        sa.ForeignKeyConstraint(["shoot_id"], ["shoot.id"], name=op.f("fk_order_citation_shoot_id_shoot")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_order_citation_source_id_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_citation")),
        sa.UniqueConstraint(
            "shoot_id",
            "other_id",
            "relation",
            "source_id",
            name=op.f("uq_order_citation_shoot_id_other_id_relation_source_id"),
        ),
    )
    with op.batch_alter_table("order_citation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_citation_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_citation_production_id"), ["production_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_citation_shoot_id"), ["shoot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_citation_source_id"), ["source_id"], unique=False)

    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "added",
                "changed",
                "removed",
                name="action_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_revision_change_id_change")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_change_id"), ["change_id"], unique=False)
        batch_op.create_index("ix_revision_row", ["table_name", "row_id"], unique=False)

    op.create_table(
        "sighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("production_title", sa.String(length=300), nullable=False),
        sa.Column("production_id", sa.Integer(), nullable=True),
        sa.Column("place_text", sa.String(length=300), nullable=False),
        sa.Column("place_name", sa.String(length=300), nullable=False),
        sa.Column(
            "place_kind",
            sa.Enum(
                "point",
                "building",
                "street",
                "square",
                "bridge",
                "railway",
                "station",
                "airport",
                "studio",
                "museum",
                "quarry",
                "park",
                "water",
                "mountain",
                "island",
                "town",
                "municipality",
                "region",
                "country",
                "area",
                name="placekind_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("place_country", sa.String(length=2), nullable=True),
        sa.Column("place_region", sa.String(length=300), nullable=False),
        sa.Column("place_municipality", sa.String(length=300), nullable=False),
        sa.Column("place_lat", sa.Double(), nullable=True),
        sa.Column("place_lon", sa.Double(), nullable=True),
        sa.Column("place_uncertainty_m", sa.Integer(), nullable=True),
        sa.Column("place_gazetteer_id", sa.String(length=80), nullable=True),
        sa.Column("start_text", sa.String(length=300), nullable=False),
        sa.Column("start_edtf", sa.String(length=300), nullable=False),
        sa.Column("start_earliest", sa.Date(), nullable=True),
        sa.Column("start_latest", sa.Date(), nullable=True),
        sa.Column("end_text", sa.String(length=300), nullable=False),
        sa.Column("end_edtf", sa.String(length=300), nullable=False),
        sa.Column("end_earliest", sa.Date(), nullable=True),
        sa.Column("end_latest", sa.Date(), nullable=True),
        sa.Column("address", sa.String(length=2000), nullable=True),
        sa.Column("seen_by_sender", sa.Boolean(), nullable=False),
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
        sa.Column("note", sa.Text(), nullable=False),
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
        sa.Column("shoot_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'pending') = (decided_at is null)", name=op.f("ck_sighting_decided_unless_pending")
        ),
        sa.CheckConstraint(
            "address is null or address like 'http%'", name=op.f("ck_sighting_address_is_http")
        ),
        sa.CheckConstraint(
            "state <> 'rejected' or reason is not null", name=op.f("ck_sighting_rejected_has_reason")
        ),
        sa.CheckConstraint(
            "state not in ('accepted', 'merged') or shoot_id is not null",
            name=op.f("ck_sighting_accepted_has_shoot"),
        ),
        sa.CheckConstraint(
            "status in ('rumoured', 'planned', 'confirmed')", name=op.f("ck_sighting_status_reportable")
        ),
        sa.CheckConstraint(
            "(place_lat is null) = (place_lon is null)", name=op.f("ck_sighting_place_lat_with_lon")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user_account.id"], name=op.f("fk_sighting_decided_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["production_id"], ["production.id"], name=op.f("fk_sighting_production_id_production")
        ),
        sa.ForeignKeyConstraint(["shoot_id"], ["shoot.id"], name=op.f("fk_sighting_shoot_id_shoot")),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["user_account.id"], name=op.f("fk_sighting_submitted_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting")),
    )
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sighting_production_id"), ["production_id"], unique=False)
        batch_op.create_index("ix_sighting_queue", ["state", "submitted_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sighting_shoot_id"), ["shoot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sighting_submitted_by_id"), ["submitted_by_id"], unique=False)

    op.create_table(
        "attested_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["citation_id"], ["citation.id"], name=op.f("fk_attested_day_citation_id_citation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attested_day")),
        sa.UniqueConstraint("citation_id", "day", name=op.f("uq_attested_day_citation_id_day")),
    )


def downgrade() -> None:
    op.drop_table("attested_day")
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sighting_submitted_by_id"))
        batch_op.drop_index(batch_op.f("ix_sighting_shoot_id"))
        batch_op.drop_index("ix_sighting_queue")
        batch_op.drop_index(batch_op.f("ix_sighting_production_id"))

    op.drop_table("sighting")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index("ix_revision_row")
        batch_op.drop_index(batch_op.f("ix_revision_change_id"))

    op.drop_table("revision")
    with op.batch_alter_table("order_citation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_citation_source_id"))
        batch_op.drop_index(batch_op.f("ix_order_citation_shoot_id"))
        batch_op.drop_index(batch_op.f("ix_order_citation_production_id"))
        batch_op.drop_index(batch_op.f("ix_order_citation_other_id"))

    op.drop_table("order_citation")
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_citation_speaks_of_id"))
        batch_op.drop_index("ix_citation_source_id")

    op.drop_table("citation")
    with op.batch_alter_table("change_subject", schema=None) as batch_op:
        batch_op.drop_index("ix_change_subject_of")

    op.drop_table("change_subject")
    with op.batch_alter_table("title", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_title_slug"))
        batch_op.drop_index("ix_title_key")

    op.drop_table("title")
    with op.batch_alter_table("shoot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shoot_production_id"))
        batch_op.drop_index(batch_op.f("ix_shoot_place_id"))

    op.drop_table("shoot")
    with op.batch_alter_table("production_identifier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_identifier_production_id"))

    op.drop_table("production_identifier")
    op.drop_table("place_cell")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index("ix_change_made_at")
        batch_op.drop_index(batch_op.f("ix_change_author_id"))

    op.drop_table("change")
    op.drop_table("user_account")
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.drop_index("uq_source_address_key")
        batch_op.drop_index(batch_op.f("ix_source_repeats_id"))

    op.drop_table("source")
    with op.batch_alter_table("production", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_year"))

    op.drop_table("production")
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.drop_index("uq_place_gazetteer_id")
        batch_op.drop_index(batch_op.f("ix_place_within_id"))
        batch_op.drop_index("ix_place_name_key")
        batch_op.drop_index(batch_op.f("ix_place_country"))
        batch_op.drop_index("ix_place_cell")

    op.drop_table("place")
