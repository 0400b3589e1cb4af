# `make` alone says what there is to make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
INDEXED := $(VENV)/indexed
LOCK_TOOLS := $(VENV)/lock-tools
SUPPLY_TOOLS := $(VENV)/supply-tools
# What an index is made of and by; `icarus ingest` itself knows whether anything that matters changed.
MAKES_INDEX := $(wildcard corpus/* ingest/icarus_ingest/*.py src/icarus/*.py)

# Some minutes of silence look like a hang: pip's output becomes a count.
PIP := $(BIN)/pip install --disable-pip-version-check --progress-bar off
COUNT := awk '/^(Collecting|Processing) / { printf "\r  %d packages", ++n; fflush() } /^Installing collected/ { print " to unpack ..."; fflush() }'

SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
.PHONY: help setup chat test check format eval lock sbom audit clean python
.DEFAULT_GOAL := help

help: ## say what there is to make
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup: $(INSTALLED) $(INDEXED) ## virtual environment and index (some minutes the first time, then a moment)

chat: setup ## set everything up and open the chat window
	@$(BIN)/icarus chat

test: setup ## set everything up and pass the tests (PYTEST="-m 'not slow'" for the quick ones)
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(PYTEST)

check: $(INSTALLED) ## formatting, lint, types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/mypy tests

format: $(INSTALLED) ## put formatting and imports right
	@$(BIN)/ruff check --select I --fix .
	@$(BIN)/ruff format .

eval: setup ## answer-quality figures (EVAL="--out out/eval" for options)
	@$(BIN)/icarus eval $(EVAL)

# No hashes: torch's builds for CPU and CUDA share a version and differ in them. The local part of its version is cut.
lock: python ## renew requirements.lock from pyproject.toml
	@$(PYTHON) -m venv $(LOCK_TOOLS)
	@$(LOCK_TOOLS)/bin/pip install --quiet pip-tools==7.6.2
	@CUSTOM_COMPILE_COMMAND='make lock' $(LOCK_TOOLS)/bin/pip-compile --quiet --upgrade --extra dev --allow-unsafe \
		--strip-extras --no-emit-index-url --no-emit-find-links \
		--output-file requirements.lock pyproject.toml 2>&1 | grep -v 'WARNING lines' || true
	@sed -i -e 's/^\(torch==[0-9.]*\)+.*/\1/' requirements.lock

sbom: $(SUPPLY_TOOLS)/installed ## software bill of materials, CycloneDX, in out/sbom.json
	@mkdir -p out
	@PYTHONWARNINGS=ignore $(SUPPLY_TOOLS)/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml \
		--short-PURLs --output-reproducible --output-file out/sbom.json
	@echo "out/sbom.json lists what the lock file pins."

audit: python ## known vulnerabilities of what the lock file pins; says so where they cannot be asked for
	@$(MAKE) --silent $(SUPPLY_TOOLS)/installed >/dev/null 2>&1 || true
	@$(PYTHON) .ci/audit.py $(SUPPLY_TOOLS)/bin/pip-audit requirements.lock

clean: ## remove the virtual environment, the index and caches
	@rm -rf $(VENV) .icarus .mypy_cache .ruff_cache .pytest_cache .hypothesis

python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null || \
		{ echo "Icarus needs Python 3.11, 3.12 or 3.13 and '$(PYTHON)' is not: install one and run 'make PYTHON=python3.11 ...'." >&2; exit 1; }

$(INSTALLED): requirements.lock pyproject.toml | python
	@test -x $(BIN)/python || { echo "Making a virtual environment in $(VENV) ..."; $(PYTHON) -m venv $(VENV); }
	@echo "Installing (about 2 GB, some minutes) ..."
	@$(PIP) -r requirements.lock | $(COUNT)
	@$(PIP) --no-deps -e . | $(COUNT)
	@touch $@

# In an environment of their own: what they pull slows every start of `icarus`, and pip-audit wants a pip of its own version.
$(SUPPLY_TOOLS)/installed: | python
	@$(PYTHON) -m venv $(SUPPLY_TOOLS)
	@$(SUPPLY_TOOLS)/bin/pip install --quiet --disable-pip-version-check cyclonedx-bom==7.5.0 pip-audit==2.10.1
	@touch $@

# A file that cannot be read is told, and does not keep the others from being asked about.
$(INDEXED): $(INSTALLED) $(MAKES_INDEX)
	@$(BIN)/icarus ingest || $(BIN)/icarus status >/dev/null
	@touch $@
