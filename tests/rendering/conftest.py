"""What rendering letters asks of the test run."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    # WeasyPrint leaves its own colour profile to be closed by the collector.
    config.addinivalue_line(
        "filterwarnings", r"ignore:unclosed file .*sRGB2014\.icc:ResourceWarning"
    )
