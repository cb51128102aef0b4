"""What we know: Japanese text, embeddings, vector and keyword index, retrieval, a cautious confidence.

Chroma and sentence-transformers live only here.
"""
