"""Papers on the province's axis between offices' systems: edXML packages (QCVN 102:2016/BTTTT), written and read.

Nothing is sent by itself: a package is a file that a person fetches, or that lies in a folder from which another takes it.
``edxml`` knows the format and writes it; ``reading`` reads what came, from the tree of ``elements``, with the files of
``attached``. ``models``: what went out and came in. ``packing`` makes packages of papers, ``taking`` takes those that come,
``actions`` is what a person does with one that came.
"""
