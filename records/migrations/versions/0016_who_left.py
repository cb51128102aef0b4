"""Who left: consultants and municipalities stay in the log, and are served or asked no longer"""

import sqlalchemy as sa
from alembic import op


revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

LEFT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("consultant", sa.Column("left_at", LEFT, nullable=True, comment="since when asked no longer"))
    op.add_column("municipality", sa.Column("left_at", LEFT, nullable=True, comment="since when served no longer"))


def downgrade() -> None:
    for table in ("municipality", "consultant"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("left_at")
