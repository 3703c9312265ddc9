"""A picture as a page of a PDF, to be bound in like any other document."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from letters.rendering.pictures import Prepared

A4_WIDTH, A4_HEIGHT, MARGIN = 595.28, 841.89, 42.52  # points; 15 mm


def page_of(picture: Prepared) -> bytes:
    """One A4 page, lying where the picture is wider than high; the picture as large as it fits."""
    is_wide = picture.width > picture.height
    width, height = (A4_HEIGHT, A4_WIDTH) if is_wide else (A4_WIDTH, A4_HEIGHT)
    scale = min(
        (width - 2 * MARGIN) / picture.width,
        (height - 2 * MARGIN) / picture.height,
    )
    across, up = picture.width * scale, picture.height * scale
    left, bottom = (width - across) / 2, (height - up) / 2
    with pikepdf.new() as pdf:
        image = Stream(
            pdf,
            picture.data,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=picture.width,
            Height=picture.height,
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
        drawn = f"q {across:.2f} 0 0 {up:.2f} {left:.2f} {bottom:.2f} cm /Picture Do Q"
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(width, 2), round(height, 2)]),
            Resources=Dictionary(XObject=Dictionary(Picture=image)),
            Contents=Stream(pdf, drawn.encode()),
        )
        pdf.pages.append(pikepdf.Page(page))
        written = BytesIO()
        pdf.save(written, deterministic_id=True)
    return written.getvalue()
