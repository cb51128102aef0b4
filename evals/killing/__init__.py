"""Ingest during a conversation, killed at random: what must hold after each restart, and the rounds that prove it."""
