"""Teams with opening hours and targets, absences and deputies; what a case is about, and to whom it was turned"""

import sqlalchemy as sa
from alembic import op


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "team",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("opens", sa.String(), nullable=False, comment="HH:MM, Japanese time"),
        sa.Column("closes", sa.String(), nullable=False),
        sa.Column("closed", sa.JSON(), nullable=False, comment="further days on which it is closed, ISO"),
        sa.Column("reply_min", sa.Integer(), nullable=False, comment="targets, in minutes of opening time"),
        sa.Column("resolution_min", sa.Integer(), nullable=False),
        sa.Column("urgent_reply_min", sa.Integer(), nullable=False),
        sa.Column("urgent_resolution_min", sa.Integer(), nullable=False),
        sa.Column(
            "asked_after_days",
            sa.Integer(),
            nullable=False,
            comment="opening days until it is asked whether a case is solved",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("name", name=op.f("uq_team_name")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("consultant_id", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False, comment="the last day of it"),
        sa.ForeignKeyConstraint(["consultant_id"], ["consultant.id"], name=op.f("fk_absence_consultant_id_consultant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_consultant_id"), "absence", ["consultant_id"])
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.add_column(sa.Column("team_id", sa.String(), nullable=True, comment="who takes care of it; none: all"))
        batch_op.create_foreign_key(batch_op.f("fk_municipality_team_id_team"), "team", ["team_id"], ["id"])
    with op.batch_alter_table("consultant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("team_id", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("deputy_id", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("is_lead", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(
            sa.Column("most_open", sa.Integer(), nullable=True, comment="open cases at most; none: no limit")
        )
        batch_op.add_column(sa.Column("most_a_day", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_consultant_team_id_team"), "team", ["team_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_consultant_deputy_id_consultant"), "consultant", ["deputy_id"], ["id"]
        )
    with op.batch_alter_table("handoff_case", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("topic", sa.String(), nullable=True, comment="T01–T12, as far as the question tells")
        )
        batch_op.add_column(sa.Column("is_urgent", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("turned_to_id", sa.String(), nullable=True, comment="who was asked to take it"))
        batch_op.create_foreign_key(
            batch_op.f("fk_handoff_case_turned_to_id_consultant"), "consultant", ["turned_to_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_handoff_case_turned_to_id"), ["turned_to_id"])
    with op.batch_alter_table("case_event", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "why",
                sa.String(),
                nullable=False,
                server_default="",
                comment="in the words of who did it, or a code of the desk",
            )
        )
        batch_op.add_column(sa.Column("to_id", sa.String(), nullable=True, comment="who was turned to, or told"))
        batch_op.create_foreign_key(batch_op.f("fk_case_event_to_id_consultant"), "consultant", ["to_id"], ["id"])
    # What was done before is over: nobody is asked about it now.
    op.execute(sa.text("UPDATE handoff_case SET state = 'closed' WHERE state = 'resolved'"))


def downgrade() -> None:
    op.execute(sa.text("UPDATE handoff_case SET state = 'resolved' WHERE state = 'closed'"))
    with op.batch_alter_table("case_event", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_case_event_to_id_consultant"), type_="foreignkey")
        batch_op.drop_column("to_id")
        batch_op.drop_column("why")
    with op.batch_alter_table("handoff_case", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_handoff_case_turned_to_id_consultant"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_handoff_case_turned_to_id"))
        batch_op.drop_column("turned_to_id")
        batch_op.drop_column("is_urgent")
        batch_op.drop_column("topic")
    with op.batch_alter_table("consultant", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_consultant_deputy_id_consultant"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_consultant_team_id_team"), type_="foreignkey")
        for column in ("most_a_day", "most_open", "is_lead", "deputy_id", "team_id"):
            batch_op.drop_column(column)
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_municipality_team_id_team"), type_="foreignkey")
        batch_op.drop_column("team_id")
    op.drop_table("absence")
    op.drop_table("team")
