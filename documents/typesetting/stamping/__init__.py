"""Sheets that differ by a few words, a thousand in one file: certificates, cards, labels.

WeasyPrint sets the sheet once, with what is drawn on it; the words of each record are shaped by HarfBuzz and put where their
spots are, so that a page takes a tenth of a millisecond. Fonts, lines and the file are those of ``painting``.

``sheets`` says what a sheet is and gives its HTML, ``fitting`` makes words fit their spots, ``squares`` and ``codes`` draw what a
telephone reads, ``stamp`` writes the file.
"""
