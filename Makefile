# The one entry that people and CI share. `installer/linux/setup.sh check` sets up .venv and calls it.
BIN ?= .venv/bin/
export QT_QPA_PLATFORM ?= offscreen

.PHONY: check lint types contracts test translations shaders docs release-check release lock sbom

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

# After changing any text that people read; it lists what is missing a translation.
translations:
	$(BIN)python -m tools.translations

# After changing a shader in resources/shaders.
shaders:
	$(BIN)python -m tools.shaders

# Builds the site into build/site. Needs the extra "docs"; BIN may be another environment that has it.
docs:
	@$(BIN)python -c 'import mkdocs, mkdocstrings_handlers.python' 2>/dev/null || \
		{ echo "Install what builds the site first: $(BIN)python -m pip install -e '.[docs]'" >&2; exit 1; }
	$(BIN)python -m tools.site
	$(BIN)python -m mkdocs build --strict --quiet
	@echo "Open build/site/index.html"

# Fails while the project's metadata holds placeholders or disagrees with itself.
release-check:
	$(BIN)python -m tools.release_check

# `make release VERSION=1.2.3`: writes the version everywhere, checks, commits and tags; pushes nothing.
release:
	$(BIN)python -m tools.release "$(VERSION)"

# After a change of the dependencies; needs uv.
lock:
	$(BIN)python -m tools.lock

# A bill of materials (CycloneDX) of what the installers bring along; needs cyclonedx-bom.
sbom:
	mkdir -p dist
	cat installer/lock/requirements-bundle.txt installer/lock/torch.txt | \
		$(BIN)cyclonedx-py requirements - --output-file dist/sbom.cdx.json
