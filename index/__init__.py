"""OFFLINE: a folder of articles becomes a folder that can be searched."""
