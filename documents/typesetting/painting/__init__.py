"""Long tables, painted by hand: WeasyPrint sets a paper with only the first row of each, the rows that follow are put behind it.

A row takes WeasyPrint some ten milliseconds and the painter a tenth of one, as it lays out nothing: where columns, lines
and letters stand is read off the first row that WeasyPrint has set (``specimen``). Which tables are painted is decided where
the HTML is written (``documents.form.tables.ends_long``, ``is_long``): nothing stands below them on their last page.

``cutting`` takes the rows out of the HTML, ``faces`` shapes words, ``lines`` fills lines with them, ``pages`` fills pages
with rows, ``file`` writes the PDF of both.
"""
