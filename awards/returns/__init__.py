"""Items exchanged, given out again, recovered from those whose award was lost."""
