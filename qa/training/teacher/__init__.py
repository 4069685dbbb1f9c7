"""A larger reader that is too large to ship teaches the one that does. Training time only."""
