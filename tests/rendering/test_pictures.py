"""Pictures made fit for letters, and what is refused as a picture."""

import hashlib
import random
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from letters.drafting.content import Picture
from letters.rendering import errors
from letters.rendering.pictures import (
    NO_PICTURES,
    Prepared,
    Rectangle,
    data_of,
    prepare_logo,
    prepare_photograph,
    prepare_signature,
)
from tests.rendering import picture_samples as samples

Colour = tuple[int, ...]
Maker = Callable[[], bytes]
Preparer = Callable[[bytes], Prepared]
RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255)
PREPARERS = [prepare_photograph, prepare_logo, prepare_signature]


def colour(image: Image.Image, at: tuple[int, int]) -> Colour:
    found = image.getpixel(at)
    assert isinstance(found, tuple)
    return found


def brightest(image: Image.Image) -> float:
    return max(image.convert("L").tobytes())


def corners(prepared: Prepared) -> list[Colour]:
    """Top left, top right, bottom left, bottom right."""
    image = Image.open(BytesIO(prepared.data))
    x, y = image.width - 12, image.height - 12
    return [colour(image, at) for at in ((12, 12), (x, 12), (12, y), (x, y))]


def are_near(found: Sequence[Colour], wanted: Sequence[Colour], by: int = 30) -> bool:
    pairs = zip(found, wanted, strict=True)
    return all(abs(f - w) <= by for one, two in pairs for f, w in zip(one, two, strict=True))


@pytest.mark.parametrize("sample", [samples.jpeg, samples.png, samples.webp, samples.heic])
def test_prepare_photograph_of_each_format(sample: Maker) -> None:
    prepared = prepare_photograph(sample())

    assert prepared.media_type == "image/jpeg"
    assert (prepared.width, prepared.height) == (400, 300)
    assert prepared.digest == hashlib.sha256(prepared.data).hexdigest()
    assert are_near(corners(prepared), [RED, GREEN, BLUE, WHITE])


# What must be done to an upright picture for a camera that writes this orientation.
TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("orientation", TURNED)
@pytest.mark.parametrize("kind", ["JPEG", "HEIC"])
def test_prepare_photograph_turned_by_the_camera(orientation: int, kind: str) -> None:
    held = samples.quarters().transpose(TURNED[orientation])
    written = samples.exif(orientation=orientation)
    heic = kind == "HEIC"
    data = samples.heic(held, with_exif=written) if heic else samples.jpeg(held, exif=written)

    prepared = prepare_photograph(data)

    assert (prepared.width, prepared.height) == (400, 300)
    assert are_near(corners(prepared), [RED, GREEN, BLUE, WHITE])


def test_prepare_photograph_from_a_telephone_keeps_no_metadata() -> None:
    data = samples.heic(with_exif=samples.exif())
    assert b"Phonemaker" in data

    prepared = prepare_photograph(data)

    assert prepared.taken_on == date(2026, 7, 3)
    assert_bare(prepared)


def assert_bare(prepared: Prepared) -> None:
    """Pixels, and nothing that came with them."""
    image = Image.open(BytesIO(prepared.data))
    assert not dict(image.getexif())
    told = set(image.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not told
    for leak in (b"Phonemaker", b"Exif", b"xpacket", b"<script", b"acsp", b"secret"):
        assert leak not in prepared.data


@settings(max_examples=25, deadline=None)
@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP", "HEIF"]),
    maker=st.text("abcdefgh", min_size=1, max_size=30),
    comment=st.binary(min_size=1, max_size=60),
    prepare=st.sampled_from(PREPARERS),
)
def test_prepared_pictures_hold_nothing_but_pixels(
    kind: str, maker: str, comment: bytes, prepare: Preparer
) -> None:
    written = samples.exif()
    written[0x010F] = f"Phonemaker {maker}"
    xmp = b"<?xpacket begin?><x>secret" + comment + b"</x><?xpacket end?>"
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "secret")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    extras: dict[str, dict[str, Any]] = {
        "JPEG": {"exif": written, "comment": b"secret" + comment, "xmp": xmp},
        "PNG": {"exif": written, "pnginfo": texts},
        "WEBP": {"exif": written, "xmp": xmp},
        "HEIF": {"exif": written.tobytes(), "xmp": xmp},
    }
    data = BytesIO()
    samples.quarters().save(data, kind, icc_profile=profile, **extras[kind])

    assert_bare(prepare(data.getvalue()))


def test_prepare_photograph_of_twelve_megapixels() -> None:
    data = samples.twelve_megapixels()

    prepared = prepare_photograph(data)

    assert (prepared.width, prepared.height) == (1600, 1200)
    assert len(prepared.data) < 500_000 < len(data)


def test_prepare_photograph_with_so_much_in_it_that_it_is_made_coarser() -> None:
    busy = Image.effect_noise((1600, 1200), 40).resize((3200, 2400), Image.Resampling.BICUBIC)

    prepared = prepare_photograph(samples.jpeg(busy.convert("RGB"), quality=95))

    assert (prepared.width, prepared.height) == (1600, 1200)
    assert len(prepared.data) < 450_000


def test_prepare_photograph_twice_gives_the_same_bytes() -> None:
    data = samples.jpeg(exif=samples.exif())

    assert prepare_photograph(data).data == prepare_photograph(data).data


def test_prepare_photograph_without_a_date() -> None:
    assert prepare_photograph(samples.jpeg()).taken_on is None


@pytest.mark.parametrize("said", ["0000:00:00 00:00:00", "", "yesterday", "2026:02:30 10:00:00"])
def test_prepare_photograph_with_a_clock_that_was_never_set(said: str) -> None:
    assert prepare_photograph(samples.jpeg(exif=samples.exif(taken_at=said))).taken_on is None


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_prepare_photograph_with_damaged_exif() -> None:
    data = samples.jpeg(exif=b"Exif\0\0MM\0\x2a\xff\xff\xff\xff broken")

    prepared = prepare_photograph(data)

    assert prepared.taken_on is None
    assert_bare(prepared)


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_prepare_photograph_as_a_scanner_writes_it(mode: str) -> None:
    prepared = prepare_photograph(samples.jpeg(samples.quarters().convert(mode)))

    image = Image.open(BytesIO(prepared.data))
    assert image.mode == "RGB"
    wanted: list[Colour] = [RED, GREEN, BLUE, WHITE]
    if mode == "L":
        wanted = [(76,) * 3, (75,) * 3, (29,) * 3, WHITE]
    assert are_near(corners(prepared), wanted, by=40)


def test_prepare_logo_of_sixteen_bits() -> None:
    grey = Image.new("I;16", (200, 100), 0x8000)

    prepared = prepare_logo(samples.png(grey))

    assert are_near(corners(prepared), [(128, 128, 128)] * 4, by=2)


@pytest.mark.parametrize("mode", ["P", "1", "LA", "RGBA", "PA"])
def test_prepare_logo_in_each_mode(mode: str) -> None:
    source = samples.quarters().convert("RGBA" if mode == "PA" else mode)
    image = source.quantize() if mode == "PA" else source

    prepared = prepare_logo(samples.png(image))

    assert prepared.media_type == "image/png"
    assert Image.open(BytesIO(prepared.data)).mode == "RGB"


def test_prepare_signature_seen_through_stands_on_white() -> None:
    drawn = Image.new("RGBA", (900, 300), (0, 0, 0, 0))
    drawn.paste((0, 0, 120, 255), (400, 100, 500, 200))

    prepared = prepare_signature(samples.png(drawn))

    assert (prepared.width, prepared.height) == (600, 200)
    assert corners(prepared) == [WHITE] * 4
    assert Image.open(BytesIO(prepared.data)).getpixel((300, 100)) == (0, 0, 120)


def test_prepare_logo_of_a_palette_seen_through() -> None:
    palette = samples.quarters().quantize(8)
    clear = palette.getpixel((5, 5))

    prepared = prepare_logo(samples.png(palette, transparency=clear))

    assert corners(prepared)[0] == WHITE


def test_prepare_photograph_in_another_colour_space() -> None:
    lab = ImageCms.createProfile("LAB", 5000)
    not_for_rgb = ImageCms.ImageCmsProfile(lab).tobytes()

    prepared = prepare_photograph(samples.jpeg(icc_profile=not_for_rgb))

    assert are_near(corners(prepared), [RED, GREEN, BLUE, WHITE])


@pytest.mark.parametrize("profile", [b"acsp nonsense", b"x" * 5_000_000])
def test_prepare_photograph_with_a_profile_that_is_none(profile: bytes) -> None:
    prepared = prepare_photograph(samples.jpeg(icc_profile=profile))

    assert are_near(corners(prepared), [RED, GREEN, BLUE, WHITE])


DRAWING = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
LINKED = b'\xef\xbb\xbf <svg><image href="https://example.com/x.png"/></svg>'
FRAMES = [samples.quarters(), samples.quarters().rotate(90)]


@pytest.mark.parametrize("prepare", PREPARERS)
@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", errors.NotAPicture),
        (b"just words", errors.NotAPicture),
        (b"%PDF-1.7 and so on", errors.NotAPicture),
        (b"MZ" + bytes(2000), errors.NotAPicture),
        (b"\0\0\0\x18ftypavif" + bytes(100), errors.NotAPicture),
        (b"\0\0\0\x18ftyphevc" + bytes(100), errors.MovingPicture),
        (b"\0\0\0\x18ftypheic" + bytes(100), errors.PictureBroken),
        (b"GIF89a" + bytes(100), errors.MovingPicture),
        (b"\xff\xd8\xff" + b"<script>alert(1)</script>" * 90, errors.PictureBroken),
        (DRAWING, errors.DrawingRefused),
        (LINKED, errors.DrawingRefused),
        (samples.png(Image.new("RGB", (1, 1))), errors.PictureTooSmall),
        (samples.png(Image.new("RGB", (4000, 150))), errors.PictureTooNarrow),
        (samples.png_of_claimed_size(20_000, 10_000), errors.TooManyPixels),
        (samples.png_of_claimed_size(10_000, 10_000), errors.TooManyPixels),
        (samples.png_of_claimed_size(8_000, 8_001), errors.TooManyPixels),
        (samples.jpeg_of_claimed_size(20_000, 10_000), errors.TooManyPixels),
        (samples.png_of_claimed_size(2_000, 2_000), errors.PictureBroken),
        (samples.png(FRAMES[0], save_all=True, append_images=FRAMES[1:]), errors.MovingPicture),
        (samples.webp(FRAMES[0], save_all=True, append_images=FRAMES[1:]), errors.MovingPicture),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value.__name__,
)
def test_prepare_refuses_what_no_letter_can_show(
    prepare: Preparer, data: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        prepare(data)


@pytest.mark.parametrize("sample", [samples.jpeg, samples.png, samples.webp, samples.heic])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_prepare_photograph_cut_short(sample: Callable[[Image.Image], bytes], part: float) -> None:
    noisy = Image.effect_noise((400, 300), 90).convert("RGB")
    whole = sample(noisy)

    with pytest.raises(errors.PictureRefused):
        prepare_photograph(whole[: int(len(whole) * part)])


@pytest.mark.parametrize(
    "tail", [b"<script>secret</script>", b"PK\x03\x04 secret", b"%PDF-1.4 secret", DRAWING]
)
def test_prepare_photograph_that_is_something_else_besides(tail: bytes) -> None:
    assert_bare(prepare_photograph(samples.jpeg() + tail))


@pytest.mark.filterwarnings("ignore::UserWarning")  # what Pillow says before it gives up
@settings(max_examples=60, deadline=None)
@given(
    sample=st.sampled_from([samples.jpeg(exif=samples.exif()), samples.png(), samples.heic()]),
    seed=st.integers(0, 10**6),
)
def test_prepare_photograph_damaged_anywhere_is_made_or_refused(sample: bytes, seed: int) -> None:
    damaged, chance = bytearray(sample), random.Random(seed)  # noqa: S311 - damage, not a secret
    for _ in range(20):
        damaged[chance.randrange(12, len(damaged))] = chance.randrange(256)

    try:
        prepared = prepare_photograph(bytes(damaged))
    except errors.PictureRefused:
        return
    assert prepared.media_type == "image/jpeg"


def test_prepare_photograph_hides_what_is_redacted() -> None:
    hidden = (Rectangle(left=0.5, top=0.5, width=0.5, height=0.5),)

    prepared = prepare_photograph(samples.jpeg(exif=samples.exif(orientation=3)), hidden=hidden)

    image = Image.open(BytesIO(prepared.data))
    part = image.crop((200, 150, 400, 300))
    assert brightest(part) < 20
    assert are_near(corners(prepared)[:3], [WHITE, BLUE, GREEN])


def test_prepare_photograph_hides_at_the_edge_of_what_is_redacted() -> None:
    """Making a picture smaller mixes neighbours: nothing of a white plate may be left around."""
    image = Image.new("RGB", (3200, 2400), "black")
    image.paste("white", (800, 600, 1600, 1200))
    plate = (Rectangle(left=0.25, top=0.25, width=0.25, height=0.25),)

    prepared = prepare_photograph(samples.png(image), hidden=plate)

    shown = Image.open(BytesIO(prepared.data))
    assert brightest(shown) < 12


def test_data_of_a_picture_that_is_missing_or_another() -> None:
    prepared = prepare_photograph(samples.jpeg())
    picture = Picture(
        digest=prepared.digest, media_type="image/jpeg", width=400, height=300, alt="A wall"
    )

    assert data_of(picture, {prepared.digest: prepared.data}) == prepared.data
    with pytest.raises(errors.RenderingFailed, match="missing"):
        data_of(picture, NO_PICTURES)
    with pytest.raises(errors.RenderingFailed, match="not the one"):
        data_of(picture, {prepared.digest: prepared.data + b"\0"})
