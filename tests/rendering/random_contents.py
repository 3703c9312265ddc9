"""Random letters of every shape that the tree of content allows, each from its number alone.

The words are of the scripts and signs that patients' names and clinicians' notes bring; what they
say makes no sense, and need not.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from random import Random

from PIL import Image

from letters.drafting.content import (
    Annex,
    Block,
    Column,
    Emphasis,
    Figure,
    Force,
    Heading,
    HouseStyle,
    Item,
    ItemList,
    LetterContent,
    ListKind,
    Mark,
    Panel,
    Paragraph,
    Picture,
    Row,
    Span,
    Table,
    Typeface,
)
from letters.rendering.pictures import Pictures
from tests.rendering import samples

WORDS = (
    *(
        "mould",
        "on the wall",
        "12\u00a0°C",
        "½",
        "≥ 80%",
        "Smith & Sons <Ltd>",
        "{{ 7*7 }}",
        "{% if %}",
    ),
    *(
        "C:\\temp\\x",
        "“quoted”",
        "it\u2019s",
        "a/b",
        "№ 4",
        "£1,200",
        "e-mail@home.example",
        "•",
        "1.",
    ),
    *(
        "Łukasz Żółć",
        "Nguyễn Thị Hương",
        "Lŵsi Ŷnys",
        "Zoë",
        "😀",
        "zero\u200bwidth",
        "\u202eturned\u202c",
    ),
    "Supercalifragilisticexpialidocious" * 4,
)
FOREIGN = {
    "ar": "محمد الأحمد يسكن هنا",
    "ur": "یہ گھر ٹھنڈا ہے",
    "bn": "স্যাঁতসেঁতে দেয়াল",
    "pa": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "ta": "தமிழ்ச்செல்வி முருகன்",
    "cy": "Mae'r tŷ yn oer",
    "pl": "Zażółć gęślą jaźń",
    "vi": "tường ẩm mốc",
}


def content_of(number: int) -> LetterContent:
    """Letter `number`, the same on every machine."""
    random = Random(f"letter {number}")  # noqa: S311 - letters to try, not secrets
    blocks = tuple(_block(random, f"b{n}") for n in range(random.randint(0, 14)))
    style = HouseStyle(
        typeface=random.choice(list(Typeface)),
        colour=random.choice(("#003d78", "#5a1a1a", "#1d4d2b")),
        footer=tuple(_words(random) for _ in range(random.randint(0, 2))),
    )
    return replace(
        samples.LETTER,
        mark=random.choice(list(Mark)),
        letterhead=replace(samples.LETTERHEAD, style=style, team=_words(random)),
        addressee=tuple(_words(random) for _ in range(random.randint(1, 7))),
        written_on=date(2026, 1, 1) + timedelta(days=random.randrange(800)),
        heading=_words(random),
        subject=tuple((_words(random, 1), _words(random)) for _ in range(random.randint(0, 4))),
        blocks=blocks,
        copies=tuple(_words(random) for _ in range(random.randint(0, 2))),
        enclosures=tuple(_words(random) for _ in range(random.randint(0, 2))),
        small_print=tuple(_words(random) for _ in range(random.randint(0, 2))),
        annexes=(_annex(random),) if random.random() < 0.2 else (),
    )


@cache
def pictures() -> Pictures:
    """The one photograph that random letters show."""
    drawn = BytesIO()
    Image.effect_noise((40, 30), 60).convert("RGB").save(drawn, "JPEG", quality=80)
    return {hashlib.sha256(drawn.getvalue()).hexdigest(): drawn.getvalue()}


def _words(random: Random, most: int = 6) -> str:
    some = [random.choice(WORDS) for _ in range(random.randint(1, most))]
    if random.random() < 0.15:
        some.append(random.choice(tuple(FOREIGN.values())))
    return random.choice((" ", " ", "\n")).join(some)


def _spans(random: Random) -> tuple[Span, ...]:
    if random.random() < 0.12:
        language = random.choice(tuple(FOREIGN))
        return (Span(text=FOREIGN[language], language=language),)
    return tuple(_span(random) for _ in range(random.randint(1, 4)))


def _span(random: Random) -> Span:
    link = "https://www.legislation.gov.uk/ukpga/1985/70" if random.random() < 0.1 else None
    return Span(text=f"{_words(random)} ", emphasis=random.choice(list(Emphasis)), href=link)


def _heading(random: Random, block_id: str) -> Heading:
    return Heading(id=block_id, text=_words(random), level=random.choice((2, 3)))


def _paragraph(random: Random, block_id: str) -> Paragraph:
    return Paragraph(id=block_id, spans=_spans(random))


def _list(random: Random, block_id: str) -> ItemList:
    items = tuple(
        Item(id=f"{block_id}.{n}", spans=_spans(random)) for n in range(random.randint(0, 5))
    )
    return ItemList(id=block_id, kind=random.choice(list(ListKind)), items=items)


def _table(random: Random, block_id: str) -> Table:
    wide = random.randint(1, 4)
    rows = tuple(
        Row(id=f"{block_id}.{n}", cells=tuple(_words(random) for _ in range(wide)))
        for n in range(random.randint(0, 12))
    )
    columns = tuple(Column(title=_words(random, 2), width=100 // wide) for _ in range(wide))
    return Table(id=block_id, caption=_words(random), columns=columns, rows=rows)


def _panel(random: Random, block_id: str) -> Panel:
    inner = (_paragraph, _list, _table)
    return Panel(
        id=block_id,
        force=random.choice(list(Force)),
        title=_words(random),
        blocks=tuple(
            random.choice(inner)(random, f"{block_id}.{n}") for n in range(random.randint(0, 3))
        ),
    )


def _block(random: Random, block_id: str) -> Block:
    kinds: tuple[Callable[[Random, str], Block], ...]
    kinds = (_heading, _paragraph, _paragraph, _paragraph, _list, _table, _panel)
    return random.choice(kinds)(random, block_id)


def _annex(random: Random) -> Annex:
    (digest,) = pictures()
    shown = Picture(digest=digest, media_type="image/jpeg", width=40, height=30, alt="Noise")
    figures = tuple(
        Figure(id=f"f{n}", picture=shown, caption=_words(random))
        for n in range(random.randint(1, 5))
    )
    return Annex(id="annex", heading=_words(random), figures=figures)
