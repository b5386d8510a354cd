"""What was recognised in a file, on its way to a paper."""

from dataclasses import dataclass, field

from ...source.paper import PartialDate
from .pieces import Block, Line


@dataclass
class Facts:
    """The fields of a paper as far as they were found; None where the file has none of a kind.

    ``used`` are the lines that stand in a field or are printed by the program itself.
    """

    type: str = ""
    issuer: list[str] = field(default_factory=list)
    superior: list[str] = field(default_factory=list)
    number: int | None = None
    symbol: str = ""
    place: str = ""
    date: PartialDate = field(default_factory=PartialDate)
    subject: str = ""
    urgency: str = ""
    circulation: str = ""
    authority_line: str = ""
    bases: list[str] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    archive: str = ""
    capacity: list[str] = field(default_factory=list)
    signer: str = ""
    second_capacity: list[str] = field(default_factory=list)
    second_signer: str = ""
    # Post and name of those who sign between the two.
    more_signers: list[str] = field(default_factory=list)
    is_unaccented: bool = False
    has_head: bool = False
    is_draft: bool = False
    used: set[int] = field(default_factory=set)

    def use(self, *lines: Line):
        """These lines are in a field, or need none."""
        self.used.update(map(id, lines))

    def use_blocks(self, blocks: list[Block]):
        """All lines of these blocks are."""
        for block in blocks:
            self.use(*([block] if isinstance(block, Line) else block.lines))
