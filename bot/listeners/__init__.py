"""What Slack tells: one file per event. A listener parses, makes one call, returns."""
