"""Imports and unattributed sightings"""

import sqlalchemy as sa
from alembic import op


revision = "1795701468"
down_revision = "1795699800"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unattributed_sighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("place_text", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=300), nullable=False),
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
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("production_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status in ('rumoured', 'planned', 'permitted', 'confirmed')",
            name=op.f("ck_unattributed_sighting_status_asserted"),
        ),
        sa.CheckConstraint(
            "end_earliest is null or end_latest is null or end_earliest <= end_latest",
            name=op.f("ck_unattributed_sighting_end_in_order"),
        ),
        sa.CheckConstraint(
            "start_earliest is null or start_latest is null or start_earliest <= start_latest",
            name=op.f("ck_unattributed_sighting_start_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["production_id"],
            ["production.id"],
            name=op.f("fk_unattributed_sighting_production_id_production"),
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_unattributed_sighting_source_id_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unattributed_sighting")),
    )
    with op.batch_alter_table("unattributed_sighting", schema=None) as batch_op:
        batch_op.create_index("ix_unattributed_sighting_days", ["start_earliest", "end_latest"], unique=False)
        batch_op.create_index("ix_unattributed_sighting_number", ["source_id", "number"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_unattributed_sighting_production_id"), ["production_id"], unique=False
        )

    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=300), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("mapping", sa.String(length=300), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "running",
                "done",
                "undone",
                name="importstate_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("resolved", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_import_run_change_id_change")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_import_run_source_id_source")),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["change.id"], name=op.f("fk_import_run_undone_by_id_change")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_run_change_id"), ["change_id"], unique=False)
        batch_op.create_index("ix_import_run_digest", ["digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_run_source_id"), ["source_id"], unique=False)

    op.create_table(
        "unattributed_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sighting_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_unattributed_place_place_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["sighting_id"],
            ["unattributed_sighting.id"],
            name=op.f("fk_unattributed_place_sighting_id_unattributed_sighting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unattributed_place")),
        sa.UniqueConstraint(
            "sighting_id", "place_id", name=op.f("uq_unattributed_place_sighting_id_place_id")
        ),
    )
    with op.batch_alter_table("unattributed_place", schema=None) as batch_op:
        batch_op.create_index("ix_unattributed_place_place_id", ["place_id"], unique=False)

    op.create_table(
        "imported_row",
        sa.Column("source_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("content", sa.String(length=32), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_run.id"], name=op.f("fk_imported_row_run_id_import_run")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_imported_row_source_id_source")),
        sa.PrimaryKeyConstraint("source_id", "key", name=op.f("pk_imported_row")),
    )
    with op.batch_alter_table("imported_row", schema=None) as batch_op:
        batch_op.create_index("ix_imported_row_run_id", ["run_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("imported_row", schema=None) as batch_op:
        batch_op.drop_index("ix_imported_row_run_id")

    op.drop_table("imported_row")
    with op.batch_alter_table("unattributed_place", schema=None) as batch_op:
        batch_op.drop_index("ix_unattributed_place_place_id")

    op.drop_table("unattributed_place")
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_run_source_id"))
        batch_op.drop_index("ix_import_run_digest")
        batch_op.drop_index(batch_op.f("ix_import_run_change_id"))

    op.drop_table("import_run")
    with op.batch_alter_table("unattributed_sighting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unattributed_sighting_production_id"))
        batch_op.drop_index("ix_unattributed_sighting_number")
        batch_op.drop_index("ix_unattributed_sighting_days")

    op.drop_table("unattributed_sighting")
