"""ONLINE: a question becomes an answer in the words of its sources."""
