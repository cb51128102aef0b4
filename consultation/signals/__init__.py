"""What a question's wording says on its own, before anything is searched: signals_of(text)."""

from consultation.signals.families import Signal
from consultation.signals.reading import LONGEST, content_of, questions_in, signals_of

__all__ = ["LONGEST", "Signal", "content_of", "questions_in", "signals_of"]
