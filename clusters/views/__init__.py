"""The desk's pages about clusters: the division of a year, and what each cluster does in it."""
