"""Files to passages: scan, read, chunk, sync."""
