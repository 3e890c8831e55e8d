"""what partners did is removed by two persons"""

from alembic import op

revision = "1795709000"
down_revision = "1795707986"
branch_labels = ()
depends_on = None


_BEFORE = "kind IN ('place_privacy', 'citation', 'order_citation')"
_SINCE = "kind IN ('place_privacy', 'citation', 'order_citation', 'partner_role')"


def upgrade() -> None:
    _hold_kind_to(_SINCE)


def downgrade() -> None:
    op.execute("DELETE FROM second_person_request WHERE kind = 'partner_role'")
    _hold_kind_to(_BEFORE)


def _hold_kind_to(condition: str) -> None:
    name = op.f("ck_second_person_request_asked_known")
    with op.batch_alter_table("second_person_request", schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, condition)
