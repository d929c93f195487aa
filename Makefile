# The one door that people and CI share. `installer/linux/setup.sh check` makes .venv and calls it.
BIN ?= .venv/bin/
export QT_QPA_PLATFORM ?= offscreen

.PHONY: check lint types contracts test

check: lint types contracts test

lint:
	$(BIN)ruff check .
	$(BIN)ruff format --check .

types:
	$(BIN)mypy

contracts:
	$(BIN)lint-imports

test:
	$(BIN)python -m pytest
