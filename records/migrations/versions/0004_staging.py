"""What waits to go live, or to leave"""

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "leaving", sa.String(), nullable=True, comment="coming or held: waits to be taken out of retrieval"
            )
        )
    with op.batch_alter_table("document_version", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "stage",
                sa.String(),
                nullable=True,
                comment="coming, back or held: waits to go live; at most one a document",
            )
        )
        batch_op.create_index(
            "uq_document_version_stage",
            ["document_id"],
            unique=True,
            sqlite_where=sa.text("stage IS NOT NULL"),
            postgresql_where=sa.text("stage IS NOT NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("document_version", schema=None) as batch_op:
        batch_op.drop_index("uq_document_version_stage")
        batch_op.drop_column("stage")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_column("leaving")
