"""What a demonstration starts from: invented accounts and officials, real cited papers, the seed letter, a year of drafts."""
