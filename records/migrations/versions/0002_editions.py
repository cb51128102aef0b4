"""Editions: which document a version takes the place of"""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("document_version", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "supersedes",
                sa.String(),
                server_default="",
                nullable=False,
                comment="path of the document that this edition replaces; empty: none",
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("document_version", schema=None) as batch_op:
        batch_op.drop_column("supersedes")
