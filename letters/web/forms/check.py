"""Asking whether a file is a letter of this service."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from typing_extensions import override

from letters.issuing.verifying import normal_digest
from letters.web.fields import Text, Upload
from letters.web.forms.form import Form


class CheckForm(Form):
    """A file, or the digest of one; `asked` is the digest either way."""

    file = Upload(
        "The file you have",
        hint="As you got it: PDF, Word or text. It is looked at and not kept.",
        accept=".pdf,.docx,.txt",
    )
    digest = Text(
        "Or its SHA-256",
        hint="64 digits and letters from a to f, if you can make it yourself",
        max_length=200,
    )

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        given["asked"] = self._asked(given.get("file"), given.get("digest", ""))
        return given

    def _asked(self, file: bytes | None, typed: str) -> str:
        if file is not None:
            return hashlib.sha256(file).hexdigest()
        if not typed:
            raise ValidationError({"file": "Choose the file you have, or enter its SHA-256"})
        digest = normal_digest(typed)
        if not digest:
            wrong = "Enter all 64 digits and letters of the SHA-256, or choose the file instead"
            raise ValidationError({"digest": wrong})
        return digest
