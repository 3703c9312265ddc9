"""A letter that says nothing about anybody, one block of each kind: to see how letters look."""

from datetime import date

from letters.drafting.content import (
    Block,
    Column,
    Force,
    Heading,
    Item,
    ItemList,
    LetterContent,
    Letterhead,
    ListKind,
    Mark,
    Panel,
    Paragraph,
    Picture,
    Row,
    SignOff,
    Span,
    Table,
)


def specimen(
    letterhead: Letterhead, *, written_on: date, signature: Picture | None = None
) -> LetterContent:
    """On this letterhead; its people and its law are invented, and it says so."""
    return LetterContent(
        language="en-GB",
        mark=Mark.PREVIEW,
        letterhead=letterhead,
        addressee=("Exampleton Homes (invented)", "1 Specimen Road", "Exampleton", "ZZ99 3AA"),
        written_on=written_on,
        reference="SAMPLE-0001",
        heading="Sample letter: this is how your letters look",
        subject=(("Home", "14 Sample Court, Exampleton, ZZ99 3CZ"), ("Tenant", "Leila Sampleton")),
        salutation="Dear Sir or Madam",
        blocks=_blocks(),
        closing="Yours faithfully",
        sign_off=SignOff(
            name="Dr Amara Specimen",
            role="consultant (invented)",
            registration=None,
            signed_on=None,
            signature=signature,
        ),
        copies=(),
        enclosures=(),
        small_print=("This is a sample. Nobody in it exists, and none of it is law.",),
    )


def _blocks() -> tuple[Block, ...]:
    return (
        _said("opening", "This paragraph is a sample of ordinary words, with "),
        Heading(id="found", text="A heading in your colour", level=2),
        Table(
            id="rooms",
            caption="A table",
            columns=(Column(title="Room", width=30), Column(title="What was seen", width=70)),
            rows=(
                Row(id="rooms.1", cells=("Bedroom", "Black mould on the outside wall")),
                Row(id="rooms.2", cells=("Kitchen", "Water under the sink")),
            ),
        ),
        Panel(
            id="law",
            force=Force.LAW,
            title="What the law requires looks like this",
            blocks=(_said("law.words", "Words in a tinted panel, with "),),
        ),
        Panel(
            id="asked",
            force=Force.REQUEST,
            title="What is asked for looks like this",
            blocks=(_list("asked.list", "Find out why the wall is damp.", "Say by when."),),
        ),
    )


def _said(block_id: str, words: str) -> Paragraph:
    link = Span(text="a link", href="https://letters.example/")
    return Paragraph(id=block_id, spans=(Span(text=words), link, Span(text=" in it.")))


def _list(block_id: str, *items: str) -> ItemList:
    return ItemList(
        id=block_id,
        kind=ListKind.NUMBERED,
        items=tuple(
            Item(id=f"{block_id}.{number}", spans=(Span(text=words),))
            for number, words in enumerate(items, start=1)
        ),
    )
