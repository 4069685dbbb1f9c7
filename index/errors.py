"""What can go wrong, by what the user can do about it. A message says what happened, to what, and the remedy.

QuothError (exit code 2)
├── InputError        a path, a question or a file that was given is no good
├── IndexMissing      there is no index yet
├── IndexMismatch     the index was made with another model or format
├── IndexDamaged      a file of the index is missing or not what the manifest says
└── ModelError        a model is missing, altered or unusable
"""


class QuothError(Exception):
    """Base of every error that a user can cause or mend; shown as one line, never as a traceback."""

    exit_code = 2


class InputError(QuothError):
    """A path, a question or a file that was given is no good."""


class IndexMissing(QuothError):
    """There is no index yet."""


class IndexMismatch(QuothError):
    """The index was made with another model or format."""


class IndexDamaged(QuothError):
    """A file of the index is missing or not what the manifest says."""


class ModelError(QuothError):
    """A model is missing, altered or unusable."""
