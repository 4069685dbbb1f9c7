"""What is measured, one subject a file. Owns definitions; never runs a question."""
