"""The first records, and the triggers that keep the ledger from being changed."""

from alembic import op

from trading.ledger.triggers import create_sql, drop_sql
from trading.models import Base

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create all tables and the triggers."""
    Base.metadata.create_all(op.get_bind())
    for statement in create_sql(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Take everything away again."""
    for statement in drop_sql(op.get_bind().dialect.name):
        op.execute(statement)
    Base.metadata.drop_all(op.get_bind())
