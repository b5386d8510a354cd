"""Long tables, painted by hand: WeasyPrint sets a paper with the first row of each, the rows that follow are put in.

A row takes WeasyPrint some ten milliseconds and the painter a tenth of one, as it lays out nothing: where columns, lines
and letters stand is read off the first row that WeasyPrint has set (``specimen``). Where words or another table follow, a
first round tells where the rows will end; then WeasyPrint sets the paper with a gap of that height in place of the rows that
stand on that page, and with the last two rows, between which a page may end for what follows. Which tables are painted is
told by ``documents.form.tables.painted`` and ``is_long``.

What WeasyPrint sets alone is short: tables of at most 50 rows, and long ones with notes (they belong to the pages of the rows
that cite them), both together of at most ``documents.source.fitting.MOST_CELLS`` cells in a paper; and long tables in which a
sign stands above another or is written from right to left, which no name in Vietnam needs.

``cutting`` takes the rows out of the HTML, ``faces`` shapes words, ``lines`` fills lines with them, ``flow`` pages with rows,
``pages`` draws what stands on them, ``file`` writes the PDF of both.
"""
