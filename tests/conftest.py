"""Fixtures that every room may use; the processes behind them stand in `tests/servers.py`."""
