"""From text sources to the files that materials really come as (PPTX, DOCX, XLSX, PDF, Markdown, HTML, CSV).

The build is deterministic: unchanged sources give byte-identical files. Nothing here is needed to run the desk.
"""
