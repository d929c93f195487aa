# The one door that people and CI share. `installer/linux/setup.sh` makes the environment.
PYTHON ?= .venv/bin/python
export QT_QPA_PLATFORM ?= offscreen

.PHONY: check lint types contracts test

check: lint types contracts test

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types:
	$(PYTHON) -m mypy

contracts:
	$(PYTHON) -m importlinter.cli lint 2>/dev/null || $(dir $(PYTHON))lint-imports

test:
	$(PYTHON) -m pytest
