"""The bot's scopes, each for something it does. A test holds them against manifest.yaml and what the bot calls."""

SCOPES = frozenset(
    [
        "app_mentions:read",  # questions by mention
        "assistant:write",  # suggested prompts, and the status while the desk works
        "channels:history",  # follow-ups without a mention; looking for a post before posting it again
        "channels:read",  # doctor: is the bot in the channel
        "chat:write",
        "chat:write.customize",  # a consultant's answer stands under the consultant's name
        "commands",  # /soudan and the shortcuts
        "files:read",  # what the municipality and consultants attach
        "files:write",  # and its copy in the other side's thread
        "groups:history",
        "groups:read",
        "im:history",  # questions by direct message
        "im:write",  # the weekly figures, directly to a lead
        "users:read",  # the asker's name, for the log and the card
    ]
)
