"""Passages to an answer: decide, compose, cite, check. LangChain lives only here."""
