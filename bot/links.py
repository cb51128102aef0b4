"""Links into the web desk; none where MADOGUCHI_PUBLIC_URL is not set."""

from dataclasses import dataclass

from consultation.article import ArticleId
from consultation.case import CaseId
from consultation.inquiry import ConsultationId


@dataclass(frozen=True, slots=True)
class Links:
    """`base` is the web desk's public address, or empty."""

    base: str

    def consultation(self, consultation_id: ConsultationId) -> str | None:
        return self._to(f"consultations/{consultation_id}")

    def case(self, case_id: CaseId) -> str | None:
        return self._to(f"cases/{case_id}")

    def cases(self) -> str | None:
        return self._to("cases")

    def weekly(self) -> str | None:
        return self._to("weekly")

    def article(self, article_id: ArticleId) -> str | None:
        return self._to(f"knowledge/{article_id}")

    def consultations(self) -> str | None:
        return self._to("consultations")

    def _to(self, path: str) -> str | None:
        return f"{self.base.rstrip('/')}/{path}" if self.base else None
