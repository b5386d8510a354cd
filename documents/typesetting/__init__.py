"""From a paper to pages, in two steps: ``typeset`` makes HTML, ``to_pdf`` makes the PDF of it.

Preview, print and test share the HTML. The looks come from the rule set in force on the paper's date (``rules``).
"""

from .pdf import missing_packages, to_pdf
from .sheet import typeset

__all__ = ["missing_packages", "to_pdf", "typeset"]
