"""The letter while it is being written: blocks in order, each with its trace."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from letters.drafting.content import (
    Block,
    Force,
    Heading,
    Item,
    ItemList,
    ListKind,
    Panel,
    Paragraph,
    Span,
    Table,
)
from letters.drafting.passages import LetterWording
from letters.drafting.phrases import sentence
from letters.drafting.trace import TraceEntry, cited
from letters.law.grounds import Ground

Inner = Paragraph | ItemList | Table


@dataclass(slots=True, kw_only=True)
class Writing:
    """Collects blocks; every block that is added leaves its trace in the same call. `values` fill
    the places that any passage of the letter may have."""

    wording: LetterWording
    values: Mapping[str, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    entries: list[TraceEntry] = field(default_factory=list)

    def line(self, passage: str, **values: str) -> str:
        """A passage of one line, for a heading, a title or a cell."""
        return self.wording.line(passage, {**self.values, **values})

    def has(self, passage: str) -> bool:
        return self.wording.has(passage)

    def heading(self, passage: str, **values: str) -> None:
        self.trace(passage, passage=passage, facts=self.wording.passage(passage).places)
        self.blocks.append(Heading(id=passage, text=self.line(passage, **values), level=2))

    def add(
        self,
        passage: str,
        values: Mapping[str, str],
        *,
        facts: Iterable[str] = (),
        grounds: Iterable[Ground] = (),
        statements: Iterable[str] = (),
        part: str = "",
    ) -> None:
        """Add a passage; `part` tells apart a passage that stands more than once."""
        made = self.passage(
            passage, values, facts=facts, grounds=grounds, statements=statements, part=part
        )
        self.blocks.extend(made)

    def passage(
        self,
        passage: str,
        values: Mapping[str, str],
        *,
        facts: Iterable[str] = (),
        grounds: Iterable[Ground] = (),
        statements: Iterable[str] = (),
        part: str = "",
    ) -> tuple[Paragraph | ItemList, ...]:
        """The blocks of a passage, traced, for the caller to place."""
        block_id = f"{passage}.{part}" if part else passage
        found = self.wording.passage(passage)
        self.trace(
            block_id,
            passage=passage,
            facts=(*found.places, *facts),
            grounds=grounds,
            statements=statements,
        )
        return self.wording.fill(passage, {**self.values, **values}, block_id=block_id)

    def add_as_one(self, passages: Sequence[str], values: Mapping[str, str], *, part: str) -> None:
        """Several passages of one line each as a single paragraph that bears the first one's name,
        each with its own trace."""
        spans: list[Span] = []
        for passage in passages:
            for made in self.passage(passage, values, part=part):
                gap = (Span(text=" "),) if spans else ()
                spans.extend((*gap, *made.spans) if isinstance(made, Paragraph) else ())
        self.blocks.append(Paragraph(id=f"{passages[0]}.{part}", spans=tuple(spans)))

    def own_words(self, texts: Iterable[str], *, block_id: str, fact: str) -> None:
        """A list of somebody's own sentences, as they stand in the case file."""
        items = tuple(
            Item(id=f"{block_id}.{number}", spans=(Span(text=sentence(text)),))
            for number, text in enumerate(texts, start=1)
        )
        self.trace(block_id, passage="", facts=(fact,))
        self.blocks.append(ItemList(id=block_id, kind=ListKind.BULLETED, items=items))

    def table(self, table: Table, *, facts: Iterable[str], grounds: Iterable[Ground] = ()) -> Table:
        """Trace a table that was made elsewhere, and hand it back to be placed."""
        self.trace(table.id, passage="", facts=facts, grounds=grounds)
        return table

    def panel(self, name: str, force: Force, title: str, blocks: Iterable[Inner]) -> None:
        """A frame around blocks that are traced themselves; `title` is a passage of one line."""
        self.trace(name, passage=title)
        made = Panel(id=name, force=force, title=self.line(title), blocks=tuple(blocks))
        self.blocks.append(made)

    def trace(
        self,
        block_id: str,
        *,
        passage: str,
        facts: Iterable[str] = (),
        grounds: Iterable[Ground] = (),
        statements: Iterable[str] = (),
    ) -> None:
        self.entries.append(
            TraceEntry(
                block_id=block_id,
                passage=passage,
                facts=tuple(facts),
                provisions=cited(grounds),
                statements=tuple(statements),
            )
        )
