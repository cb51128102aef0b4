"""Block Kit: pure functions from rows to blocks. Limits are kept by construction, people's words are escaped."""
