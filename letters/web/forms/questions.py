"""Questions between the two sides of a case."""

from collections.abc import Sequence
from typing import Any

from typing_extensions import override

from letters.cases.questions.models import Side
from letters.web.fields import Choice, Hidden, LongText, NewId, options
from letters.web.forms.form import Form

_MOST = 1000


class AskQuestionForm(Form):
    """`sides` are those on which the person works; who works on one asks the other."""

    question_id = NewId()
    asked_of = Choice("Whom do you ask?", missing="Choose whom you ask", coerce=Side)
    words = LongText(
        "Your question",
        hint="Whoever may see this case may read it. No letter prints it.",
        missing="Enter your question",
        max_length=_MOST,
    )

    def __init__(self, data: Any = None, *, sides: Sequence[Side]) -> None:
        super().__init__(data)
        self._asked = [side.other for side in sides]
        field = self.fields["asked_of"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        field.choices = options(self._asked)
        if len(self._asked) == 1:
            del self.fields["asked_of"]

    @override
    def values(self) -> dict[str, Any]:
        return {"asked_of": self._asked[0]} | self.cleaned_data


class ReadForm(Form):
    """That somebody has read everything up to the last thing shown."""

    last = Hidden(missing="Open the page again: it did not say what you have read")


class AnswerQuestionForm(Form):
    """One answer."""

    answer_id = NewId()
    words = LongText("Your answer", missing="Enter your answer", max_length=_MOST)
