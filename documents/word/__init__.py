"""Papers as Word documents and back: ``writing`` makes a .docx of a paper, ``reading`` a paper of a .docx.

``carried`` is what both share: the part in which a file of ours holds its own source, and how it is seen that nobody changed it.
"""
