"""Where the reviewers' files and the published schema stand, from this file's own place."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
TEMPLATES_LEGAL = _ROOT / "templates_legal"
CASE_SCHEMA = _ROOT / "docs" / "case.schema.json"
