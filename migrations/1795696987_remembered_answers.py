"""remembered answers"""

import sqlalchemy as sa
from alembic import op

revision = "1795696987"
down_revision = "1795392000"
branch_labels = ()
depends_on = None


def upgrade() -> None:

    op.create_table(
        "provider_turn",
        sa.Column("provider", sa.String(length=300), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("resting_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_provider_turn_failures_not_negative")),
        sa.PrimaryKeyConstraint("provider", name=op.f("pk_provider_turn")),
    )
    op.create_table(
        "remembered_answer",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("provider", sa.String(length=300), nullable=False),
        sa.Column("query", sa.String(length=300), nullable=False),
        sa.Column("context", sa.String(length=300), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asking",
                "found",
                "nothing",
                "failed",
                name="answerstate_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("licence", sa.String(length=300), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_remembered_answer")),
    )
    with op.batch_alter_table("remembered_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remembered_answer_fetched_at"), ["fetched_at"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("remembered_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remembered_answer_fetched_at"))

    op.drop_table("remembered_answer")
    op.drop_table("provider_turn")
