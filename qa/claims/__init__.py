"""Spans of several sources → claims: who says the same, who says otherwise, and which says it first.

The flow: a question's words (``questions``, ``topics``) and a span's surroundings (``context``, ``scenes``) say what is
spoken of; ``relations`` compares two spans; ``voices`` counts independent sources; ``merge`` makes the claims.
"""
