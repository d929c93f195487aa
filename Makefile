# The one door that people and CI share. `installer/linux/setup.sh check` makes .venv and calls it.
BIN ?= .venv/bin/
export QT_QPA_PLATFORM ?= offscreen

.PHONY: check lint types contracts test translations lock sbom

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

# After a change of any text that people read; it names what is still to be translated.
translations:
	$(BIN)python -m tools.translations

# After a change of the dependencies; needs uv.
lock:
	$(BIN)python -m tools.lock

# A bill of materials (CycloneDX) of what the lock names; needs cyclonedx-bom.
sbom:
	mkdir -p dist
	$(BIN)cyclonedx-py requirements installer/lock/requirements.txt --output-file dist/sbom.cdx.json
