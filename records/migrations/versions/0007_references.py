"""References: which citations of a hand-over its asker saw"""

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "is_reference",
                sa.Boolean(),
                server_default=sa.false(),
                nullable=False,
                comment="the asker of a hand-over saw it, as near and not as certain",
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.drop_column("is_reference")
