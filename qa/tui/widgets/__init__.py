"""The parts of the desk, one file each."""
