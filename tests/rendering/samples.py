"""Letters about invented people, for any test or pair of eyes that needs a whole letter."""

from dataclasses import replace
from datetime import date

from letters.drafting.content import (
    Block,
    Column,
    Emphasis,
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
    Row,
    SignOff,
    Span,
    Table,
)


def paragraph(block_id: str, *texts: str | Span) -> Paragraph:
    return Paragraph(id=block_id, spans=spans(*texts))


def spans(*texts: str | Span) -> tuple[Span, ...]:
    return tuple(text if isinstance(text, Span) else Span(text=text) for text in texts)


def strong(text: str) -> Span:
    return Span(text=text, emphasis=Emphasis.STRONG)


def item_list(block_id: str, kind: ListKind, *items: str | tuple[str | Span, ...]) -> ItemList:
    return ItemList(
        id=block_id,
        kind=kind,
        items=tuple(
            Item(id=f"{block_id}.{n}", spans=spans(*((item,) if isinstance(item, str) else item)))
            for n, item in enumerate(items, start=1)
        ),
    )


def table(
    block_id: str, caption: str, columns: dict[str, int], rows: tuple[tuple[str, ...], ...]
) -> Table:
    return Table(
        id=block_id,
        caption=caption,
        columns=tuple(Column(title=title, width=width) for title, width in columns.items()),
        rows=tuple(Row(id=f"{block_id}.{n}", cells=row) for n, row in enumerate(rows, start=1)),
    )


LETTERHEAD = Letterhead(
    organisation="Exampleton University Hospitals",
    team="Health Justice Partnership, Department of Respiratory Medicine",
    address=("Sample Infirmary", "1 Specimen Way", "Exampleton", "ZZ99 1AA"),
    telephone="0113 496 0123",
    email="health.justice@exampleton.example",
    ods_code="ZZ901",
)

EMERGENCY = Panel(
    id="emergency",
    force=Force.EMERGENCY,
    title="Emergency: make the home safe within 24 hours",
    blocks=(
        paragraph(
            "emergency.why",
            "Black mould covers the ceiling above the bed in which a child with severe asthma "
            "sleeps. We ask you to treat this as an emergency hazard from the day you receive "
            "this letter, ",
            strong("2\u00a0July\u00a02026"),
            ".",
        ),
    ),
)

DUTIES = Panel(
    id="duties",
    force=Force.LAW,
    title="What the law requires of you",
    blocks=(
        table(
            "duties.table",
            "Duties that apply to this home, and the day each falls due",
            {"Duty": 40, "Where it is found": 30, "Due by": 30},
            (
                (
                    "Investigate the hazard within 24 hours and make the home safe",
                    "Awaab\u2019s Law",
                    "Friday\u00a03\u00a0July\u00a02026",
                ),
                (
                    "Give the tenant a written summary of findings within 3 working days",
                    "Awaab\u2019s Law",
                    "Wednesday\u00a08\u00a0July\u00a02026",
                ),
                (
                    "Keep the structure, exterior, drains and gutters of the home in repair",
                    "Landlord and Tenant Act 1985, section 11(1)(a)",
                    "Within a reasonable time",
                ),
            ),
        ),
        paragraph(
            "duties.sources",
            "The provisions are published at ",
            Span(text="legislation.gov.uk", href="https://www.legislation.gov.uk/ukpga/1985/70"),
            ".",
        ),
    ),
)

REQUEST = Panel(
    id="request",
    force=Force.REQUEST,
    title="What we ask besides",
    blocks=(
        paragraph("request.lead", "The law cited above does not require this; we ask it of you."),
        item_list(
            "request.list",
            ListKind.BULLETED,
            "Offer the family a place to stay while the ceiling is treated.",
            "Tell us by 10\u00a0July\u00a02026 who will do the work, and when.",
        ),
    ),
)

BLOCKS: tuple[Block, ...] = (
    paragraph(
        "purpose",
        "I write as Amina\u2019s consultant, at the request of her mother, who holds the tenancy "
        "and has agreed in writing (on 24\u00a0June\u00a02026) to every fact in this letter being "
        "shared with you. ",
        strong("I ask you to inspect the home and to make it safe by 3\u00a0July\u00a02026."),
    ),
    EMERGENCY,
    Heading(id="conditions", text="What is wrong in the home", level=2),
    table(
        "conditions.table",
        "Hazards seen or reported, and how we know of each",
        {"Room": 15, "What was found": 38, "First reported": 22, "How we know": 25},
        (
            (
                "Bedroom 2",
                "Black mould over about 2½ m² of the ceiling; plaster soft and wet to touch",
                "14\u00a0November\u00a02025",
                "Photographs 1 to 3, taken by the tenant",
            ),
            (
                "Bathroom",
                "Extractor fan does not run; humidity measured at ≥ 80%",
                "14\u00a0November\u00a02025",
                "Home visit by our nurse, 18\u00a0June\u00a02026",
            ),
            (
                "Living room",
                "Water comes in around the window frame when it rains from the west",
                "3\u00a0March\u00a02026",
                "Reported by the tenant",
            ),
        ),
    ),
    Heading(id="health", text="What it does to Amina\u2019s health", level=2),
    paragraph(
        "health.diagnosis",
        "Amina is seven. She has had severe asthma, confirmed by spirometry, since 2022, and is "
        "sensitised to ",
        Span(text="Aspergillus fumigatus"),
        ". Since the mould was first reported she has needed:",
    ),
    item_list(
        "health.counts",
        ListKind.BULLETED,
        "four courses of steroid tablets;",
        "two stays in hospital, of three and five nights;",
        "twenty-three days away from school.",
    ),
    Heading(id="health.cause", text="How the two are connected", level=3),
    paragraph(
        "health.cause.text",
        "In my opinion the damp and mould in this home are, on the balance of probabilities, "
        "making Amina\u2019s asthma worse. Her symptoms eased within days on both occasions when "
        "she slept elsewhere, and came back within a week of her return.",
    ),
    DUTIES,
    Heading(id="asked", text="What I ask you to do", level=2),
    item_list(
        "asked.list",
        ListKind.NUMBERED,
        ("Inspect the home, with the tenant present, by ", strong("3\u00a0July\u00a02026"), "."),
        "Remove the mould and repair the cause: the leak above bedroom 2, the extractor fan and "
        "the window frame in the living room.",
        "Send the tenant and me a written summary of what you found and what you will do, with "
        "the day on which each piece of work will be finished.",
    ),
    REQUEST,
    paragraph(
        "reply",
        "Please reply to the telephone number or the email address at the head of this letter, "
        "and give the reference. If you are not the right person to answer, please pass this "
        "letter on today and tell us to whom.",
    ),
)

LETTER = LetterContent(
    language="en-GB",
    mark=Mark.NONE,
    letterhead=LETTERHEAD,
    addressee=(
        "Head of Repairs",
        "Sample Homes Housing Association",
        "Specimen House",
        "200 Placeholder Road",
        "Exampleton",
        "ZZ99 2BB",
    ),
    written_on=date(2026, 7, 1),
    reference="HJP-2026-0042-A",
    heading="Damp and mould that make a child ill: request for urgent repair",
    subject=(
        ("Home", "14 Sample Court, Exampleton, ZZ99 3CZ"),
        ("Tenant", "Mrs Lŵsi Ŷnys-Example"),
        ("Tenancy", "Assured tenancy, reference SH/00417"),
    ),
    salutation="Dear Head of Repairs",
    blocks=BLOCKS,
    closing="Yours faithfully",
    sign_off=SignOff(
        name="Dr Rowan Invented",
        role="Consultant Respiratory Paediatrician",
        registration="GMC 7000000",
        signed_on=date(2026, 7, 1),
    ),
    copies=("Mrs Lŵsi Ŷnys-Example, tenant", "Environmental Health, Exampleton Council"),
    enclosures=("Photographs 1 to 3", "Signed consent, 24\u00a0June\u00a02026"),
    small_print=(
        "The law is stated as it was in force in England on 1\u00a0July\u00a02026.",
        "This letter gives a clinician\u2019s opinion on health. It is not legal advice.",
        "It does not stop the time within which a tenant may go to court.",
    ),
)

DEMONSTRATION = replace(LETTER, mark=Mark.DEMONSTRATION)

UNSIGNED = replace(
    LETTER,
    mark=Mark.PREVIEW,
    sign_off=replace(LETTER.sign_off, signed_on=None, registration=None),
    copies=(),
    enclosures=(),
)

HOSTILE_TEXTS = (
    "Smith & Sons <Ltd> \"quoted\" 'and' `so`",
    "=SUM(A1:A9)",
    "{{ 7*7 }} {% raise %} {# gone? #} {_{ }_} {_% %_}",
    "<script>alert(1)</script><img src='https://example.invalid/x.png'>",
    "</w:t></w:r></w:p><w:p><w:r><w:t>",
    "one\ntwo\r\nthree\tfour",
    "\x00 \x07 \x0b \x0c \x1b \x7f \x85 \x9f",
    "\u202eevil\u202c \u2066isolated\u2069 soft\u00adhyphen zero\u200bwidth \u200f\ufeff\u2028",
    "\ud800 \ufffe \uffff",
    "Supercalifragilisticexpialidocious" * 6,
    "https://example.invalid/" + "a-very-long-path/" * 12 + "?q=1&r=2",
    "  spaces   inside  ",
    "&amp; &lt; &#65; &nbsp;",
)

HOSTILE = replace(
    LETTER,
    addressee=HOSTILE_TEXTS[:4],
    heading=HOSTILE_TEXTS[2],
    reference=HOSTILE_TEXTS[0],
    subject=tuple((text[:12], text) for text in HOSTILE_TEXTS),
    blocks=(
        *(paragraph(f"p{n}", text) for n, text in enumerate(HOSTILE_TEXTS)),
        Heading(id="h", text=HOSTILE_TEXTS[0], level=2),
        item_list("l", ListKind.NUMBERED, *HOSTILE_TEXTS),
        Panel(
            id="q",
            force=Force.LAW,
            title=HOSTILE_TEXTS[3],
            blocks=(
                table("t", HOSTILE_TEXTS[2], {HOSTILE_TEXTS[1]: 30, HOSTILE_TEXTS[3]: 70}, ()),
                item_list("ql", ListKind.NUMBERED, "first", "second"),
            ),
        ),
        table(
            "long",
            "A table of forty rows",
            {"Number": 15, "What": 60, "Who": 25},
            tuple(
                (str(n), HOSTILE_TEXTS[n % len(HOSTILE_TEXTS)], "Smith & Sons <Ltd>")
                for n in range(1, 41)
            ),
        ),
    ),
    small_print=HOSTILE_TEXTS,
)
