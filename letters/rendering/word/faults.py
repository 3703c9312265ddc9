"""What is amiss in a Word file that an organisation would have its letters written in."""

from dataclasses import dataclass

LONGEST_QUOTE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellFault:
    """One thing to mend: in which part of the file and at which of its paragraphs, counted from 1;
    `quoted` is at most a placeholder, never other words of the file."""

    part: str
    mend: str
    paragraph: int | None = None
    quoted: str = ""

    @property
    def message(self) -> str:
        """Where it is and what to do, in a line."""
        where = self.part if self.paragraph is None else f"{self.part}, paragraph {self.paragraph}"
        quoted = f" {self.quoted[:LONGEST_QUOTE]!r}" if self.quoted else ""
        return f"{where}{quoted}: {self.mend}" if where else self.mend


NOT_WORD = "Choose a Word document (.docx) without a password"
TOO_LARGE = "Choose a smaller Word document: this one is larger than a letterhead needs"
DAMAGED = "Save the document again in Word: part of it is missing or damaged"
DECLARATIONS = "Save the document again in Word: it declares entities, which Word never does"
STRICT = "Save it as “Word Document (.docx)”, not as “Strict Open XML Document”"
TEMPLATE = "Save it as “Word Document (.docx)”, not as a template"
MACROS = "Save it without macros, as “Word Document (.docx)”"
TRACKED = "Accept or reject all tracked changes, under Review, and save again"
COMMENTS = "Delete all comments, under Review, and save again"
EMBEDDED = (
    "Remove what is embedded (a file, a chart, a control); save a drawing as a picture instead"
)
OUTSIDE = (
    "Remove what is fetched from elsewhere: insert the picture itself, and detach the template"
)
LINK = "Let links begin with https: or mailto:"
FIELD = "Remove this field: only page numbers and the number of pages are taken"
HIDDEN = "Remove the hidden formatting of this text or style"
BOUND = "Remove this content control: it fills in properties of the document"
MERGE = "End the mail merge, under Mailings, and save again"
PICTURE = "Insert this picture again, as PNG or JPEG"
COLUMNS = "Set the page in one column"
NARROW = "Set the margins so that at least 12 cm lie between them"
