"""What a demonstration starts from: invented persons, real cited papers, the seed letter, a year of drafts."""
