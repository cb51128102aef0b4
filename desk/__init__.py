"""The durable flow: consult, hand off, relay, deliver. DBOS lives only here."""
