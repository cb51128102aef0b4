"""Reviewers' verdicts on the machine's answers, and the threshold that let an answer through"""

import sqlalchemy as sa
from alembic import op


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("inquiry", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "threshold",
                sa.Double(),
                nullable=True,
                comment="of the gate that let this through; none: it was not asked",
            )
        )
    op.create_table(
        "verdict",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("inquiry_id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False, comment="the reviewer"),
        sa.Column(
            "is_right",
            sa.Boolean(),
            nullable=False,
            comment="whether the machine's answer is; the reviewer's last word",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_verdict_by_account")),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_verdict_inquiry_id_inquiry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
        sa.UniqueConstraint("inquiry_id", "by", name=op.f("uq_verdict_inquiry_id")),
    )
    op.create_index(op.f("ix_verdict_inquiry_id"), "verdict", ["inquiry_id"])
    op.create_index(op.f("ix_verdict_at"), "verdict", ["at"])
    op.create_table(
        "verdict_event",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("verdict_id", sa.String(), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["verdict_id"], ["verdict.id"], name=op.f("fk_verdict_event_verdict_id_verdict")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict_event")),
    )
    op.create_index(op.f("ix_verdict_event_verdict_id"), "verdict_event", ["verdict_id"])


def downgrade() -> None:
    op.drop_table("verdict_event")
    op.drop_table("verdict")
    with op.batch_alter_table("inquiry", schema=None) as batch_op:
        batch_op.drop_column("threshold")
