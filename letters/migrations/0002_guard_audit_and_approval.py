"""The database itself keeps the audit append-only, and an approval as it was given."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION letters_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit events are added, never changed or removed';
END $$;

CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON letters_auditevent
FOR EACH ROW EXECUTE FUNCTION letters_refuse_change();

-- A test database is emptied between tests; it says so when it connects.
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON letters_auditevent
FOR EACH STATEMENT
WHEN (current_setting('hjp.emptied_between_tests', true) IS DISTINCT FROM 'yes')
EXECUTE FUNCTION letters_refuse_change();

CREATE FUNCTION letters_keep_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an approved letter stays as it was approved';
END $$;

-- The content is encrypted and sealed anew when keys rotate: its digest is what may not change.
CREATE TRIGGER approval_is_kept BEFORE UPDATE ON letters_letter
FOR EACH ROW
WHEN (OLD.approved_at IS NOT NULL AND (
    NEW.content_digest, NEW.law_digest, NEW.wording_digest, NEW.day, NEW.items, NEW.approved_at,
    NEW.approved_by_id, NEW.case_id, NEW.stage, NEW.recipient
) IS DISTINCT FROM (
    OLD.content_digest, OLD.law_digest, OLD.wording_digest, OLD.day, OLD.items, OLD.approved_at,
    OLD.approved_by_id, OLD.case_id, OLD.stage, OLD.recipient
))
EXECUTE FUNCTION letters_keep_approval();
"""

BACKWARDS = """
DROP TRIGGER approval_is_kept ON letters_letter;
DROP FUNCTION letters_keep_approval();
DROP TRIGGER audit_is_not_emptied ON letters_auditevent;
DROP TRIGGER audit_is_append_only ON letters_auditevent;
DROP FUNCTION letters_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_lay_out_the_case_file")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
