"""The programme's dates; what an asker says beside the question: topic, day, and that a person is wanted"""

import sqlalchemy as sa
from alembic import op


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BEFORE = "of the gate that let this through; none: it was not asked"
SINCE = "from which confidence on the gate lets through; none: it did not decide"


def upgrade() -> None:
    op.create_table(
        "programme_date",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("municipality_code", sa.String(), nullable=True, comment="whom it is for; none: all"),
        sa.ForeignKeyConstraint(
            ["municipality_code"], ["municipality.code"], name=op.f("fk_programme_date_municipality_code_municipality")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_programme_date")),
    )
    op.create_index(op.f("ix_programme_date_day"), "programme_date", ["day"])
    op.add_column(
        "inquiry",
        sa.Column(
            "wants_person",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="no answer of the machine is wanted",
        ),
    )
    op.add_column(
        "inquiry",
        sa.Column("topic", sa.String(), nullable=True, comment="T01–T12, as the asker said; none: by its words"),
    )
    op.add_column(
        "inquiry", sa.Column("needed_by", sa.Date(), nullable=True, comment="as the asker said; none: by its words")
    )

    if op.get_bind().dialect.name == "postgresql":  # SQLite keeps no comments
        op.alter_column("inquiry", "threshold", comment=SINCE, existing_comment=BEFORE)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("inquiry", "threshold", comment=BEFORE, existing_comment=SINCE)
    with op.batch_alter_table("inquiry", schema=None) as batch_op:
        for column in ("needed_by", "topic", "wants_person"):
            batch_op.drop_column(column)
    op.drop_index(op.f("ix_programme_date_day"), table_name="programme_date")
    op.drop_table("programme_date")
