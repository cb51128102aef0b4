"""The language model, where one is allowed: asked, bounded in time and length, and never believed."""
