"""Passages to an answer: search, decide, quote, check. LangChain lives only here."""
