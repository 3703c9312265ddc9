"""The refusals of rendering."""


class RenderingFailed(Exception):
    """A letter cannot be shown faithfully; the message never holds words of the letter."""


class PictureRefused(Exception):
    """What somebody sent as a picture cannot be used as one; the message says what to send."""

    field = "file"


class NotAPicture(PictureRefused):
    def __init__(self) -> None:
        super().__init__("Choose a picture: a JPEG, PNG, HEIC or WebP file")


class DrawingRefused(PictureRefused):
    """An SVG is a program that draws: it may hold scripts, and point outside itself."""

    def __init__(self) -> None:
        super().__init__("Save this drawing as PNG, and choose that file: SVG is not taken")


class MovingPicture(PictureRefused):
    def __init__(self) -> None:
        super().__init__("Choose a picture that stands still: this one moves, and paper does not")


class PictureBroken(PictureRefused):
    """It begins as a picture, and cannot be read to its end."""

    def __init__(self) -> None:
        super().__init__("Send this picture again: part of it is missing or damaged")


class PictureTooSmall(PictureRefused):
    def __init__(self, shortest: int) -> None:
        super().__init__(
            f"Choose a larger picture: its shorter side must have at least {shortest} pixels"
        )


class PictureTooNarrow(PictureRefused):
    def __init__(self) -> None:
        super().__init__("Choose another picture: this one is a strip, too narrow to be printed")


class TooManyPixels(PictureRefused):
    def __init__(self, most: int) -> None:
        super().__init__(
            f"Make the picture smaller first: it has over {most // 1_000_000} million pixels"
        )
