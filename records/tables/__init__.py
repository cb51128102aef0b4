"""The tables, one module per noun; importing this package fills the metadata."""

from records.tables.accounts import AccountTable, InvitationTable, WebSessionTable
from records.tables.articles import ArticleEventTable, ArticleSourceTable, ArticleTable
from records.tables.cases import CaseEventTable, CaseTable, RatingTable
from records.tables.deliveries import DeliveryTable
from records.tables.files import AttachmentTable, HeldFileTable
from records.tables.log import (
    CitationTable,
    ConsultationTable,
    CounterTable,
    FeedbackTable,
    InquiryTable,
    TurnTable,
    VerdictEventTable,
    VerdictTable,
)
from records.tables.materials import (
    DocumentTable,
    DocumentVersionTable,
    PassageTable,
    VersionPassageTable,
    VisibilityTable,
)
from records.tables.people import (
    AbsenceTable,
    ConsultantTable,
    MunicipalityTable,
    ProgrammeDateTable,
    SlackChannelTable,
    SlackMemberTable,
    TeamTable,
)
from records.tables.relay import AsideTable, EarlierWordingTable, ReplyTable
from records.tables.slack import SlackBotTable, SlackInstallationTable, SlackStateTable

__all__ = [
    "AbsenceTable",
    "AccountTable",
    "ArticleEventTable",
    "ArticleSourceTable",
    "ArticleTable",
    "AsideTable",
    "AttachmentTable",
    "CaseEventTable",
    "CaseTable",
    "CitationTable",
    "ConsultantTable",
    "ConsultationTable",
    "CounterTable",
    "DeliveryTable",
    "DocumentTable",
    "DocumentVersionTable",
    "EarlierWordingTable",
    "FeedbackTable",
    "HeldFileTable",
    "InquiryTable",
    "InvitationTable",
    "MunicipalityTable",
    "PassageTable",
    "ProgrammeDateTable",
    "RatingTable",
    "ReplyTable",
    "SlackBotTable",
    "SlackChannelTable",
    "SlackInstallationTable",
    "SlackMemberTable",
    "SlackStateTable",
    "TeamTable",
    "TurnTable",
    "VerdictEventTable",
    "VerdictTable",
    "VersionPassageTable",
    "VisibilityTable",
    "WebSessionTable",
]
