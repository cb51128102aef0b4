"""The web: the desk for staff, the consultants' cases, the reviewers' log. FastAPI and templates live only here."""
