"""What a language model used for an answer"""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("inquiry", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "usage",
                sa.JSON(),
                server_default="{}",
                nullable=False,
                comment="of the language model: tokens, yen, sentences that stood and fell",
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("inquiry", schema=None) as batch_op:
        batch_op.drop_column("usage")
