"""Where a suite builds its indexes and to whom it talks. Owns no decision of any suite."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Workshop:
    """What a suite may use besides its data."""

    indexes: Path
    """Folder below which indexes are built; they may be deleted, and are then built again."""
    say: Callable[[str], None]
    """Tells the user, on stderr, what takes long."""
