"""An organisation's own Word file: taken as it is, or refused with what to mend."""

import time
from dataclasses import replace
from random import Random

import pytest
from lxml import etree

from letters.drafting.content import HouseStyle, ListKind
from letters.rendering.word import docx, faults, package, places, shells
from letters.rendering.word.errors import ShellRefused
from letters.rendering.words import passages, words
from tests.rendering import samples, word_samples
from tests.rendering.readers import W, blocks_of_docx, parts_of_docx, words_of_docx
from tests.rendering.word_samples import (
    OFFICE,
    field,
    instead,
    paragraph,
    paragraph_with,
    relation,
    shell,
    with_first,
)

R = f"{{{OFFICE}}}"


def mends(data: bytes) -> set[str]:
    return {fault.mend for fault in shells.faults_of(data)}


def written(data: bytes, content: object = samples.LETTER) -> dict[str, bytes]:
    return parts_of_docx(docx.render(content, shell=shells.read(data)))  # type: ignore[arg-type]


def test_a_plain_shell_has_no_faults() -> None:
    assert shells.faults_of(shell()) == ()


@pytest.mark.parametrize(
    "content", [samples.LETTER, samples.UNSIGNED, samples.HOSTILE, samples.DEMONSTRATION]
)
def test_a_shell_says_every_word_once(content: object) -> None:
    made = docx.render(content, shell=shells.read(shell()))  # type: ignore[arg-type]

    said = " ".join(passages(content)).split()  # type: ignore[arg-type]
    assert list(words_of_docx(made)) == said
    for name, part in parts_of_docx(made).items():
        if not name.startswith("word/media"):
            assert etree.fromstring(part) is not None


def test_a_shell_keeps_its_own_words() -> None:
    body = with_first(paragraph("Specimen Trust & Partners".replace("&", "&amp;")))

    made = docx.render(samples.LETTER, shell=shells.read(shell(body)))

    assert blocks_of_docx(made)[0] == "Specimen Trust & Partners"


def test_read_prepares_the_same_file_once() -> None:
    assert shells.read(shell()) is shells.read(shell())


def test_read_keeps_only_the_last_few() -> None:
    first = shells.read(shell(with_first(paragraph("0"))))
    for number in range(1, shells.MOST_KEPT + 1):
        shells.read(shell(with_first(paragraph(str(number)))))

    assert shells.read(shell(with_first(paragraph("0")))) is not first


def test_render_gives_the_same_bytes_in_a_shell() -> None:
    one = docx.render(samples.LETTER, shell=shells.read(shell()))
    shells._kept.clear()

    assert docx.render(samples.LETTER, shell=shells.read(shell())) == one


def test_render_defines_every_style_it_uses() -> None:
    made = written(shell())
    styles = etree.fromstring(made["word/styles.xml"])
    document = etree.fromstring(made["word/document.xml"])

    defined = {each.get(f"{W}styleId") for each in styles.iter()}
    used = {
        each.get(f"{W}val") for each in document.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
    }
    based = {each.get(f"{W}val") for each in styles.iter(f"{W}basedOn")}
    assert used | based <= defined


def test_our_styles_take_the_place_of_theirs() -> None:
    theirs = word_samples.PARTS["word/styles.xml"].replace(
        "</w:styles>",
        '<w:style w:type="paragraph" w:styleId="LetterMark"><w:rPr><w:color w:val="FFFFFF"/>'
        "</w:rPr></w:style></w:styles>",
    )

    styles = written(shell(parts={"word/styles.xml": theirs}))["word/styles.xml"]

    assert styles.count(b'w:styleId="LetterMark"') == 1
    assert b"FFFFFF" not in styles.split(b'w:styleId="LetterMark"')[1].split(b"<w:shd")[0]


def test_our_styles_take_the_colour_of_the_house() -> None:
    style = HouseStyle(colour="#7a1f5c")
    content = replace(samples.LETTER, letterhead=replace(samples.LETTERHEAD, style=style))

    assert b"7A1F5C" in written(shell(), content)["word/styles.xml"]


def test_our_lists_stand_beside_theirs() -> None:
    lists = tuple(samples.item_list(name, ListKind.NUMBERED, "one", "two") for name in "ab")

    made = written(shell(), replace(samples.LETTER, blocks=lists))

    numbering = etree.fromstring(made["word/numbering.xml"])
    numbers = [each.get(f"{W}numId") for each in numbering.iter(f"{W}num")]
    kinds = [each.get(f"{W}abstractNumId") for each in numbering.iter(f"{W}abstractNum")]
    assert (kinds, numbers) == (["3", "4", "5"], ["7", "8", "9", "10"])
    assert [each.tag for each in numbering] == [f"{W}abstractNum"] * 3 + [f"{W}num"] * 4


def test_a_shell_without_styles_and_lists_gets_ours() -> None:
    bare = "".join(
        relation(name, kind, to)
        for name, (kind, to) in word_samples.RELATIONS.items()
        if "numbering" not in to and "styles" not in to
    )
    listed = f'<Relationships xmlns="{word_samples.PACKAGE}/relationships">{bare}</Relationships>'

    made = written(shell(parts={"word/_rels/document.xml.rels": listed}))

    assert b'"LetterHeading1"' in made["word/letterStyles.xml"]
    assert b"startOverride" in made["word/letterNumbering.xml"]
    assert b"letterStyles.xml" in made["word/_rels/document.xml.rels"]


def headers_shown(made: dict[str, bytes]) -> dict[str, bytes]:
    """The header of each kind of page in the first section."""
    document = etree.fromstring(made["word/document.xml"])
    listed = etree.fromstring(made["word/_rels/document.xml.rels"])
    targets = {each.get("Id"): each.get("Target").lstrip("/") for each in listed}
    section = next(document.iter(f"{W}sectPr"))
    return {
        each.get(f"{W}type"): made[targets[each.get(f"{R}id")]]
        for each in section.iter(f"{W}headerReference")
    }


@pytest.mark.parametrize(
    ("section", "settings", "kinds"),
    [
        (word_samples.SECTION, "", {"default"}),
        ("<w:sectPr/>", "", {"default"}),
        ("", "", {"default"}),
        ("<w:sectPr><w:titlePg/></w:sectPr>", "", {"default", "first"}),
        ('<w:sectPr><w:titlePg w:val="0"/></w:sectPr>', "", {"default"}),
        (
            word_samples.SECTION.replace("</w:sectPr>", "<w:titlePg/></w:sectPr>"),
            "<w:evenAndOddHeaders/>",
            {"default", "first", "even"},
        ),
    ],
)
def test_no_page_of_a_shell_hides_the_mark(section: str, settings: str, kinds: set[str]) -> None:
    switched = f"<w:settings {word_samples.ROOT}>{settings}</w:settings>"

    made = written(shell(section=section, parts={"word/settings.xml": switched}), samples.UNSIGNED)

    shown = headers_shown(made)
    assert set(shown) == kinds
    assert all(b"Preview: not reviewed, not for sending" in header for header in shown.values())


def test_an_empty_header_takes_the_mark() -> None:
    parts = {"word/header1.xml": f"<w:hdr {word_samples.ROOT}/>"}

    shown = headers_shown(written(shell(parts=parts), samples.UNSIGNED))

    assert etree.fromstring(shown["default"]).findtext(f".//{W}t", "").startswith("Preview")


def test_an_approved_letter_has_no_mark_in_a_shell() -> None:
    made = written(shell(section="<w:sectPr/>"))

    assert not any(b"not for sending" in part for part in made.values())


def test_a_shell_that_was_a_letter_is_taken_again() -> None:
    body = with_first(
        '<w:p><w:hyperlink r:id="letterLink1"><w:r><w:t>Our pages</w:t></w:r></w:hyperlink></w:p>'
    )
    theirs = relation("letterLink1", "hyperlink", "https://example.invalid/", mode="External")

    made = written(shell(body, relations=theirs))

    listed = etree.fromstring(made["word/_rels/document.xml.rels"])
    names = [each.get("Id") for each in listed]
    assert len(names) == len(set(names))


def test_a_shell_leaves_its_makers_behind() -> None:
    core = "<cp:coreProperties xmlns:cp='x'>Ms Maker</cp:coreProperties>"
    outer = word_samples.PARTS["_rels/.rels"].replace(
        "</Relationships>",
        relation("rId9", f"{word_samples.PACKAGE}/metadata/core-properties", "docProps/core.xml")
        + relation("rId8", "extended-properties", "docProps/app.xml")
        + "</Relationships>",
    )
    parts = {"docProps/core.xml": core, "docProps/app.xml": core, "_rels/.rels": outer}

    made = written(shell(parts=parts))

    assert not any(b"Ms Maker" in part for part in made.values())
    assert "docProps/app.xml" not in made


@pytest.mark.parametrize("name", word_samples.PLACES)
def test_each_place_is_needed(name: str) -> None:
    (fault,) = shells.faults_of(shell(word_samples.without(name)))

    assert fault.mend.startswith("Add the placeholder")
    assert name in fault.mend


@pytest.mark.parametrize("name", word_samples.PLACES)
def test_each_place_is_wanted_once(name: str) -> None:
    (fault,) = shells.faults_of(shell(with_first(word_samples.PLACES[name])))

    assert fault.mend == places.TWICE
    assert name in fault.quoted


def test_a_place_may_stand_in_the_first_header() -> None:
    header = f"<w:hdr {word_samples.ROOT}>{word_samples.PLACES['organisation']}</w:hdr>"

    body = word_samples.without("organisation")
    assert shells.faults_of(shell(body, parts={"word/header1.xml": header})) == ()


def test_a_later_header_may_say_the_reference_again() -> None:
    section = word_samples.SECTION.replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")
    header = f"<w:hdr {word_samples.ROOT}>{word_samples.PLACES['reference']}</w:hdr>"

    made = written(shell(section=section, parts={"word/header1.xml": header}))

    assert b"Our reference HJP-2026-0042-A" in made["word/header1.xml"]


def test_a_later_header_is_no_place_for_the_only_one() -> None:
    section = word_samples.SECTION.replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")
    header = f"<w:hdr {word_samples.ROOT}>{word_samples.PLACES['reference']}</w:hdr>"
    body = word_samples.without("reference")

    (fault,) = shells.faults_of(shell(body, section=section, parts={"word/header1.xml": header}))

    assert fault.mend.startswith("Add the placeholder {{ reference }}")


@pytest.mark.parametrize(
    ("typed", "mend"),
    [
        ("{{ date.__class__ }}", places.NAME_ONLY),
        ("{{ date|upper }}", places.NAME_ONLY),
        ("{{ cycler() }}", places.NAME_ONLY),
        ("{{date}}", places.NAME_ONLY),
        ("{{ 7*7 }}", places.NAME_ONLY),
        ("{{r date }}", places.NAME_ONLY),
        ("{{ \u2018date\u2019 }}", places.QUOTES),
        ("{{ 'date' }}", places.QUOTES),
        ("{{ landlord }}", places.UNKNOWN),
        ("{{ labels }}", places.UNKNOWN),
        ("{{ marked }}", places.UNKNOWN),
        ("{% for x in y %}", places.STATEMENT),
        ("{# gone #}", places.STATEMENT),
        ("{%", places.BRACE),
        ("{", places.BRACE),
        ("}}", places.BRACE),
        ("{{ date", places.BRACE),
        ("{{{ date }}}", places.BRACE),
        ("{{ letter }}", places.OWN_PARAGRAPH),
    ],
)
def test_what_is_no_place_is_refused(typed: str, mend: str) -> None:
    (fault, *_) = shells.faults_of(shell(with_first(paragraph("Hello", typed))))

    assert fault.mend == mend
    assert (fault.part, fault.paragraph) == ("word/document.xml", 1)
    assert "Hello" not in fault.message


@pytest.mark.parametrize(
    "runs", [("{{ da", "te }}"), ("{", "{ date }}"), ("{{ date }", "}"), ("{{", " date ", "}}")]
)
def test_a_place_in_pieces_is_refused(runs: tuple[str, ...]) -> None:
    (fault, *_) = shells.faults_of(shell(instead("date", paragraph(*runs))))

    assert (fault.paragraph, fault.quoted, fault.mend) == (5, "{{ date }}", places.SPLIT)


@pytest.mark.parametrize(
    "place",
    [
        paragraph("Dear all ", "{{p letter }}"),
        f"<w:tbl><w:tr><w:tc>{word_samples.PLACES['letter']}</w:tc></w:tr></w:tbl>",
        "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{{p letter }}</w:t></w:r></w:p>",
        f"<w:sdt><w:sdtContent>{word_samples.PLACES['letter']}</w:sdtContent></w:sdt>",
    ],
)
def test_the_letter_needs_its_own_paragraph(place: str) -> None:
    assert mends(shell(instead("letter", place))) == {places.OWN_PARAGRAPH}


def test_a_place_in_a_text_box_is_refused() -> None:
    inside = f"<w:txbxContent>{word_samples.PLACES['date']}</w:txbxContent>"
    box = f"<w:p><w:r><w:pict>{inside}</w:pict></w:r></w:p>"

    assert mends(shell(instead("date", box))) == {places.IN_A_BOX}


def test_the_addressee_does_not_stand_in_a_header() -> None:
    header = f"<w:hdr {word_samples.ROOT}>{word_samples.PLACES['addressee']}</w:hdr>"
    data = shell(word_samples.without("addressee"), parts={"word/header1.xml": header})

    assert places.ONLY_IN_DOCUMENT in mends(data)


@pytest.mark.parametrize(
    "hidden",
    [
        '<w:p><w:bookmarkStart w:id="1" w:name="{{ marked }}"/></w:p>',
        '<w:p><w:bookmarkStart w:id="1" w:name="{{ date }}"/></w:p>',
        '<w:p><w:bookmarkStart w:id="1" w:name="{% x %}"/></w:p>',
        "<w:p><w:r><w:tab>{{ date }}</w:tab>{{ date }}</w:r></w:p>",
        '<w:p><w:bookmarkStart w:id="1" w:name="{{ x.__class__ }}"/></w:p>',
    ],
)
def test_no_instruction_hides_in_an_attribute(hidden: str) -> None:
    assert mends(shell(with_first(hidden))) == {places.STRAY}


@pytest.mark.parametrize("name", ["cycler", "marked", "letter_styles", "date"])
def test_no_instruction_hides_in_a_style(name: str) -> None:
    styles = word_samples.PARTS["word/styles.xml"].replace('"Normal"', f'"{{{{ {name} }}}}"')

    (fault,) = shells.faults_of(shell(parts={"word/styles.xml": styles}))

    assert (fault.part, fault.mend) == ("word/styles.xml", places.STRAY)


def test_no_instruction_hides_in_an_address() -> None:
    added = relation("rId9", "hyperlink", "https://example.invalid/{{date}}", mode="External")

    assert mends(shell(relations=added)) == {places.STRAY}


@pytest.mark.parametrize(
    ("body", "mend"),
    [
        ("<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>", faults.TRACKED),
        ("<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>", faults.TRACKED),
        ("<w:p><w:pPr><w:rPr><w:rPrChange/></w:rPr></w:pPr></w:p>", faults.TRACKED),
        ('<w:p><w:commentRangeStart w:id="0"/></w:p>', faults.COMMENTS),
        ("<w:p><w:r><w:object/></w:r></w:p>", faults.EMBEDDED),
        ('<w:altChunk r:id="rId9"/>', faults.EMBEDDED),
        ('<w:p><w:subDoc r:id="rId9"/></w:p>', faults.OUTSIDE),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>", faults.HIDDEN),
        ("<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr></w:sdt>", faults.BOUND),
        (
            (
                '<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" '
                'src="https://example.invalid/x.png"/></w:pict></w:r></w:p>'
            ),
            faults.OUTSIDE,
        ),
        ('<w:p><w:fldSimple w:instr=" DDEAUTO c:\\\\x "/></w:p>', faults.FIELD),
        ('<w:p><w:fldSimple w:instr="includepicture x"/></w:p>', faults.FIELD),
        (paragraph_with(field("DD", "EAUTO x")), faults.FIELD),
        ("<w:p><w:r><w:instrText>INCLUDETEXT x</w:instrText></w:r></w:p>", faults.FIELD),
        (paragraph_with(field("PAGE", more=field("LINK x"))), faults.FIELD),
        (paragraph_with(field()), faults.FIELD),
    ],
)
def test_what_acts_or_hides_is_refused(body: str, mend: str) -> None:
    found = shells.faults_of(shell(with_first(body)))

    assert mend in {fault.mend for fault in found}


@pytest.mark.parametrize(
    "header",
    [
        f'<x:hdr xmlns:x="{word_samples.MAIN}"><x:p><x:r><x:t>x</x:t></x:r></x:p></x:hdr>',
        f'<w:hdr {word_samples.ROOT}><w:p xmlns:w="urn:other"/><w:p/></w:hdr>',
    ],
)
def test_other_names_for_the_same_are_refused(header: str) -> None:
    assert faults.DAMAGED in mends(shell(parts={"word/header1.xml": header}))


def test_page_numbers_are_taken() -> None:
    numbered = paragraph_with('<w:fldSimple w:instr=" PAGE "/>', field(" NUMPAGES "))

    assert shells.faults_of(shell(with_first(numbered))) == ()


@pytest.mark.parametrize(
    ("added", "mend"),
    [
        (relation("rId9", "comments", "comments.xml"), faults.COMMENTS),
        (relation("rId9", "oleObject", "embeddings/x.bin"), faults.EMBEDDED),
        (relation("rId9", "package", "embeddings/x.xlsx"), faults.EMBEDDED),
        (relation("rId9", "aFChunk", "x.html"), faults.EMBEDDED),
        (relation("rId9", "chart", "charts/chart1.xml"), faults.EMBEDDED),
        (relation("rId9", "somethingNew", "x.xml"), faults.EMBEDDED),
        (
            relation(
                "rId9", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "v"
            ),
            faults.MACROS,
        ),
        (
            relation("rId9", "image", "https://example.invalid/x.png", mode="External"),
            faults.OUTSIDE,
        ),
        (
            relation("rId9", "attachedTemplate", "file:///t.dotm", mode="External"),
            faults.OUTSIDE,
        ),
        (relation("rId9", "hyperlink", "http://example.invalid/", mode="External"), faults.LINK),
        (relation("rId9", "hyperlink", "file:///etc/passwd", mode="External"), faults.LINK),
    ],
)
def test_what_a_document_may_not_refer_to(added: str, mend: str) -> None:
    parts = {"word/comments.xml": f"<w:comments {word_samples.ROOT}/>"}

    assert mend in mends(shell(relations=added, parts=parts))


def test_a_remote_template_in_the_settings_is_refused() -> None:
    outside = relation("rId1", "attachedTemplate", "https://example.invalid/t", mode="External")
    listed = (
        f'<Relationships xmlns="{word_samples.PACKAGE}/relationships">{outside}</Relationships>'
    )

    assert mends(shell(parts={"word/_rels/settings.xml.rels": listed})) == {faults.OUTSIDE}


def test_macros_are_found_by_their_type() -> None:
    assert faults.MACROS in mends(shell(parts={"word/vbaProject.bin": b"\xd0\xcf"}))


@pytest.mark.parametrize(
    ("declared", "mend"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", faults.MACROS),
        (f"{word_samples.TYPE}.template.main+xml", faults.TEMPLATE),
        ("application/vnd.oasis.opendocument.text", faults.NOT_WORD),
    ],
)
def test_only_documents_are_taken(declared: str, mend: str) -> None:
    types = word_samples.PARTS["[Content_Types].xml"].replace(
        f"{word_samples.TYPE}.document.main+xml", declared
    )

    assert mends(shell(parts={"[Content_Types].xml": types})) == {mend}


def test_a_picture_must_be_one() -> None:
    added = relation("rId9", "image", "media/image1.png")

    real, false = b"\x89PNG\r\n\x1a\n", b"<svg onload='x'/>"
    assert mends(shell(relations=added, parts={"word/media/image1.png": false})) == {faults.PICTURE}
    assert not mends(shell(relations=added, parts={"word/media/image1.png": real}))


def test_a_picture_in_a_header_stays_there() -> None:
    listed = relation("rId7", "image", "media/image1.png")
    parts: dict[str, str | bytes] = {
        "word/_rels/header1.xml.rels": f'<Relationships xmlns="{word_samples.PACKAGE}/relationships'
        f'">{listed}</Relationships>',
        "word/media/image1.png": b"\x89PNG\r\n\x1a\n",
    }

    made = written(shell(parts=parts))

    (kept,) = etree.fromstring(made["word/_rels/header1.xml.rels"])
    assert (kept.get("Id"), kept.get("Target")) == ("rId7", "/word/media/image1.png")
    assert made["word/media/image1.png"] == parts["word/media/image1.png"]
    assert b'PartName="/word/media/image1.png"' in made["[Content_Types].xml"]


def test_a_part_under_two_names_is_refused() -> None:
    added = relation("rId9", "font", "header1.xml")

    assert mends(shell(relations=added)) == {faults.DAMAGED}


@pytest.mark.parametrize(
    "hostile",
    [
        '<!DOCTYPE x [<!ENTITY a "{{ date }}">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "https://example.invalid/x.dtd">',
    ],
)
def test_declared_entities_are_refused(hostile: str) -> None:
    header = f"{hostile}<w:hdr {word_samples.ROOT}>{paragraph('x')}</w:hdr>"

    assert mends(shell(parts={"word/header1.xml": header})) == {faults.DECLARATIONS}


def test_entities_do_not_multiply() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    header = f"<!DOCTYPE x [<!ENTITY e0 'x'>{bomb}]><w:hdr {word_samples.ROOT}>&e11;</w:hdr>"

    started = time.process_time()
    assert mends(shell(parts={"word/header1.xml": header})) <= {faults.DECLARATIONS, faults.DAMAGED}
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a zip",
        b"\xd0\xcf\x11\xe0" + bytes(512),
        word_samples.zipped({"x.txt": "x"}),
        word_samples.zipped({**word_samples.PARTS}),
        word_samples.shell(parts={"../../etc/x": "x"}),
        word_samples.shell(parts={"/etc/x": "x"}),
        word_samples.shell()[:-30],
    ],
)
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    assert mends(data) & {faults.NOT_WORD, faults.DAMAGED}


def test_a_bomb_is_refused_before_it_bursts() -> None:
    data = shell(parts={"word/media/image1.png": bytes(39_000_000)})

    started = time.process_time()
    assert mends(data) == {faults.TOO_LARGE}
    assert time.process_time() - started < 0.5


def test_many_parts_are_refused() -> None:
    parts = {f"word/x{number}.txt": "x" for number in range(package.MOST_PARTS)}

    assert mends(shell(parts=parts)) == {faults.TOO_LARGE}


def test_all_faults_are_told_at_once() -> None:
    body = with_first(paragraph("{{ landlord }}") + '<w:p><w:commentReference w:id="0"/></w:p>')

    with pytest.raises(ShellRefused) as refused:
        shells.read(shell(body))

    assert len(refused.value.faults) == 2
    assert "word/document.xml, paragraph 1 '{{ landlord }}'" in str(refused.value)


def test_faults_quote_a_placeholder_at_most() -> None:
    body = with_first(paragraph("Mrs Smith", "{{ " + "secret " * 40 + "}}"))

    (fault, *_) = shells.faults_of(shell(body))

    assert "Mrs Smith" not in fault.message
    assert fault.message.count("secret") < 8


def test_columns_and_narrow_pages_are_refused() -> None:
    columns = '<w:sectPr><w:cols w:num="2"/></w:sectPr>'
    narrow = '<w:sectPr><w:pgSz w:w="6000"/></w:sectPr>'

    assert mends(shell(section=columns)) == {faults.COLUMNS}
    assert mends(shell(section=narrow)) == {faults.NARROW}


NUMBERS = (
    ("word/numbering.xml", 'w:numId="7"', 'w:numId="many"'),
    ("word/numbering.xml", 'w:abstractNumId="3"', 'w:abstractNumId=""'),
    ("word/styles.xml", 'w:styleId="Standard"', 'w:styleId=""'),
)


@pytest.mark.parametrize(("part", "sound", "broken"), NUMBERS)
def test_senseless_numbers_do_no_harm(part: str, sound: str, broken: str) -> None:
    parts = {part: word_samples.PARTS[part].replace(sound, broken)}

    assert shells.faults_of(shell(parts=parts)) == ()
    assert written(shell(parts=parts))


@pytest.mark.parametrize("seed", range(120))
def test_damage_is_told_or_does_no_harm(seed: int) -> None:
    chance, data = Random(seed), bytearray(shell())  # noqa: S311 no secret
    for _ in range(chance.randint(1, 6)):
        data[chance.randrange(len(data))] = chance.randrange(256)

    if not shells.faults_of(bytes(data)):
        made = docx.render(samples.LETTER, shell=shells.read(bytes(data)))
        assert words_of_docx(made) == words(samples.LETTER)
