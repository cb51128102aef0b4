"""The tables, one module per noun; importing this package fills the metadata."""

from records.tables.accounts import AccountTable, InvitationTable, WebSessionTable
from records.tables.articles import ArticleEventTable, ArticleSourceTable, ArticleTable
from records.tables.cases import CaseEventTable, CaseTable
from records.tables.deliveries import DeliveryTable
from records.tables.files import AttachmentTable
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
    SlackChannelTable,
    SlackMemberTable,
    TeamTable,
)

__all__ = [
    "AbsenceTable",
    "AccountTable",
    "ArticleEventTable",
    "ArticleSourceTable",
    "ArticleTable",
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
    "FeedbackTable",
    "InquiryTable",
    "InvitationTable",
    "MunicipalityTable",
    "PassageTable",
    "SlackChannelTable",
    "SlackMemberTable",
    "TeamTable",
    "TurnTable",
    "VerdictEventTable",
    "VerdictTable",
    "VersionPassageTable",
    "VisibilityTable",
    "WebSessionTable",
]
