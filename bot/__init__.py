"""Slack: what people write and press there, and what the desk posts. slack_bolt and slack_sdk live only here."""
