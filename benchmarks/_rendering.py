"""Renders one letter as often as asked, as the worker does and nothing else: `CONTENT COUNT`."""

import json
import sys
from pathlib import Path

from letters.drafting.frozen import content_from_json
from letters.rendering import pdf
from letters.rendering.word import docx


def main(path: str, count: str) -> None:
    content = content_from_json(json.loads(Path(path).read_text(encoding="utf-8")))
    pdf.prepare()
    pdf.render(content)
    print("ready", flush=True)  # noqa: T201 - whoever started it waits for this line
    sys.stdin.readline()
    for _ in range(int(count)):
        pdf.render(content)
        docx.render(content)


if __name__ == "__main__":
    main(*sys.argv[1:])
