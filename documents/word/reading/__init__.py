"""A Word file as a paper: bytes in; the paper's facts and words, and what was not recognised, out. Nothing is stored here."""
