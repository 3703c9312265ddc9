"""One way of making the letter, in a process of its own: for each line it reads it works once, and
answers with the processor time that took and the memory it holds.

`python -m benchmarks._letter_peers NAME` is started by benchmarks.letters, one for each way, so
that what one keeps warm, or leaks, is not counted for another.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from itertools import count
from pathlib import Path
from time import process_time

from PIL import Image
from weasyprint import HTML

from benchmarks import _typst
from letters.drafting.content import Annex, Figure, LetterContent, Picture
from letters.drafting.frozen import content_from_json
from letters.rendering import fonts, html, pdf, pictures, text
from letters.rendering.pictures import Pictures
from letters.rendering.word import docx

Work = Callable[[], object]
PHOTOGRAPHS = 4
SIDES = (4000, 3000)  # 12 megapixels


def letter() -> LetterContent:
    """Two pages: a reminder to a private landlord about invented people."""
    stored = Path(__file__).with_name("two_pages.json").read_text(encoding="utf-8")
    return content_from_json(json.loads(stored))


def plain() -> Work:
    """WeasyPrint as its documentation shows it: a page with its style in it, read each time."""
    faces = [face for face in fonts.faces() if face.family == fonts.ARIMO]
    rules = "\n".join(face.rule.replace(face.address, _file_of(face)) for face in faces)
    style = f"<style>{rules}\n{html.stylesheet()}</style></head>"
    page = html.render_page(letter()).replace("</head>", style)
    return lambda: HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")


def _file_of(face: fonts.Face) -> str:
    cut = fonts.WEIGHTS[face.weight]
    path = fonts.FOLDER / face.family.package / cut / f"{face.family.prefix}_{cut}.ttf"
    return path.resolve().as_uri()


def our_pdf() -> Work:
    content = letter()
    pdf.prepare()
    return lambda: pdf.render(content)


def our_pdf_and_word() -> Work:
    content = letter()
    pdf.prepare()
    return lambda: (pdf.render(content), docx.render(content))


def our_word() -> Work:
    content = letter()
    return lambda: docx.render(content)


def our_preview() -> Work:
    content = letter()
    return lambda: html.render(content)


def our_text() -> Work:
    content = letter()
    return lambda: text.render(content)


def our_pdf_with_photographs() -> Work:
    content, shown = with_photographs()
    pdf.prepare()
    return lambda: pdf.render(content, shown)


def with_photographs() -> tuple[LetterContent, Pictures]:
    """The same letter with four photographs of 12 megapixels, as the service keeps them."""
    kept = [pictures.prepare_photograph(_photograph(n)) for n in range(PHOTOGRAPHS)]
    figures = tuple(
        Figure(
            id=f"photograph-{n}",
            picture=Picture(
                digest=each.digest,
                media_type=each.media_type,
                width=each.width,
                height=each.height,
                alt="Noise in place of a wall",
            ),
            caption=f"Photograph {n}: noise in place of a wall",
        )
        for n, each in enumerate(kept, start=1)
    )
    annex = Annex(id="photographs", heading="Photographs", figures=figures)
    return replace(letter(), annexes=(annex,)), {each.digest: each.data for each in kept}


def _photograph(number: int) -> bytes:
    """As many details as a phone's: smooth light with grain."""
    light = Image.linear_gradient("L").rotate(90 * number).resize(SIDES)
    grain = Image.effect_noise(SIDES, 24)
    saved = BytesIO()
    Image.merge("RGB", [Image.blend(light, grain, 0.3)] * 3).save(saved, "JPEG", quality=92)
    return saved.getvalue()


def typst() -> Work:
    """It remembers every passage it has set, so each letter has other words than the one before."""
    source, warm, number = _typst.source_of(letter()), _typst.compiler(), count()
    return lambda: _typst.printed(warm, source.replace(" the ", f" the {next(number)} "))


PEERS: Mapping[str, Callable[[], Work]] = {
    each.__name__: each
    for each in (
        plain,
        our_pdf,
        our_pdf_and_word,
        our_word,
        our_preview,
        our_text,
        our_pdf_with_photographs,
        typst,
    )
}


def resident() -> int:
    """Kilobytes of memory that this process holds."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0])


def main(name: str) -> None:
    work = PEERS[name]()
    size = len(made) if isinstance(made := work(), bytes) else 0
    digest = hashlib.sha256(made).hexdigest() if isinstance(made, bytes) else ""
    for _ in sys.stdin:
        began = process_time()
        work()
        answer = {"seconds": process_time() - began, "kilobytes": resident()}
        print(json.dumps(answer | {"size": size, "sha256": digest}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
