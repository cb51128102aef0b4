"""Programmes: which one a document belongs to"""

import sqlalchemy as sa
from alembic import op


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("document_version", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "programme",
                sa.String(),
                server_default="",
                nullable=False,
                comment="programmes it belongs to, as the catalogue names them; empty: none",
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("document_version", schema=None) as batch_op:
        batch_op.drop_column("programme")
