"""Papers on the province's axis between offices' systems: edXML packages (QCVN 102:2016/BTTTT), written and read.

Nothing is sent by itself: a package is a file that a person fetches, or that lies in a folder from which another takes it.
``edxml`` knows the format, ``models`` what went out and came in, ``actions`` what a person does with it.
"""
