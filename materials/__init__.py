"""The starter corpus: text sources that people edit, the files built from them, the catalogue the ingest reads."""
