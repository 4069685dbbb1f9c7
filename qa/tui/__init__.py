"""The terminal UI, ``quoth chat``: the only code with textual."""
