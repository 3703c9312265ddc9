"""The database marks the cases that an advice team may see, in the transaction that decides it; and
lists that show the first of many have what they ask for in order."""

from django.db import migrations, models
from django.db.models import Q

# Where a case holds something that consent can leave out, and which item of consent that is.
_HELD = (
    ("letters_diagnosis", "diagnosis"),
    ("letters_diagnosis", "severity"),
    ("letters_exacerbation", "exacerbations"),
    ("letters_opinion", "opinion"),
    ("letters_occupant", "household_members"),
)
# What changes the mark, and the cases that its changed rows belong to.
_DECIDING = {
    "letters_consent": "SELECT case_id FROM changed",
    "letters_consentgrant": "SELECT case_id FROM letters_consent"
    " WHERE id IN (SELECT consent_id FROM changed)",
    "letters_diagnosis": "SELECT case_id FROM changed",
    "letters_exacerbation": "SELECT case_id FROM changed",
    "letters_opinion": "SELECT case_id FROM changed",
    "letters_occupant": "SELECT case_id FROM changed",
}
_TOLD = """EXISTS (
        SELECT FROM letters_consentgrant JOIN letters_consent ON letters_consent.id = consent_id
        WHERE case_id = NEW.id AND recipient = 'adviser' AND purpose = 'advice' AND item = '{item}'
        AND letters_consentgrant.withdrawn_at IS NULL AND letters_consent.withdrawn_at IS NULL
    )"""


def _marking() -> str:
    told = [_TOLD.format(item="housing_conditions")]
    told += [
        f"({_TOLD.format(item=item)} OR NOT EXISTS (SELECT FROM {table} WHERE case_id = NEW.id))"
        for table, item in _HELD
    ]
    decided = "\n    AND ".join(told)
    # The row is locked before its trigger runs, and each statement in here sees what was committed
    # by then: of two changes at once, the later counts both.
    return f"""
CREATE FUNCTION letters_mark_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.open_to_advisers := {decided};
    RETURN NEW;
END $$;

CREATE TRIGGER case_is_marked BEFORE INSERT OR UPDATE ON letters_case
FOR EACH ROW EXECUTE FUNCTION letters_mark_case();
"""


def _watching(table: str, cases: str) -> str:
    name = f"{table}_marks_case"
    changed = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}
    triggers = "\n".join(
        f"CREATE TRIGGER {name}_{event.lower()} AFTER {event} ON {table}"
        f" REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {name}();"
        for event, rows in changed.items()
    )
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE letters_case SET open_to_advisers = open_to_advisers WHERE id IN ({cases});
    RETURN NULL;
END $$;
{triggers}
"""


def _not_watching(table: str) -> str:
    name = f"{table}_marks_case"
    dropped = (
        f"DROP TRIGGER {name}_{event} ON {table};" for event in ("insert", "update", "delete")
    )
    return "\n".join((*dropped, f"DROP FUNCTION {name}();"))


FORWARDS = "\n".join(
    (
        _marking(),
        *(_watching(table, cases) for table, cases in _DECIDING.items()),
        "UPDATE letters_case SET open_to_advisers = open_to_advisers;",
    )
)
BACKWARDS = "\n".join(
    (
        *(_not_watching(table) for table in _DECIDING),
        "DROP TRIGGER case_is_marked ON letters_case;",
        "DROP FUNCTION letters_mark_case();",
    )
)


class Migration(migrations.Migration):
    dependencies = [("letters", "0016_keep_safety_records_and_lifted_gates")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="open_to_advisers",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["-opened_at", "id"], name="case_newest"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                fields=["drafted_at"],
                condition=Q(status__in=["draft", "awaiting_second"]),
                name="letter_unsigned",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                fields=["id"],
                include=["case", "status", "recipient"],
                condition=~Q(status="withdrawn"),
                name="letter_standing",
            ),
        ),
        migrations.RemoveIndex(model_name="deadline", name="deadline_due"),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(
                fields=["due_at", "requires"],
                condition=Q(status__in=["open", "paused"]),
                name="deadline_running",
            ),
        ),
    ]
