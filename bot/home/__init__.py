"""The app's Home in Slack: each person's own page, read anew and published whole whenever it may have changed."""
