"""Each worked case, as a lawyer wrote it, against the library as it stands."""

import pytest

from letters.law.cases import LawCase, cases_of
from letters.law.library import read_library
from letters.law.proving import said_otherwise
from letters.law.provision import Provision
from tests.law.law_cases import TEMPLATES, all_cases

LIBRARY = read_library(TEMPLATES)
CASES = all_cases()
NAMES = [f"{case.provision_id}: {case.name}" for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_engine_says_what_the_case_says(case: LawCase) -> None:
    assert said_otherwise(case, LIBRARY) == ()


@pytest.mark.parametrize("provision", LIBRARY.provisions, ids=lambda p: f"{p.jurisdiction}/{p.id}")
def test_a_provision_answers_alone_as_among_all(provision: Provision) -> None:
    alone = LIBRARY.only(provision)

    for case in cases_of(TEMPLATES, provision.jurisdiction, provision.id):
        assert said_otherwise(case, alone) == ()
