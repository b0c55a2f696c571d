# Two commands are enough: `make run` and `make test`. Each sets up all it needs, on a machine with Python 3.11+ and make.

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do $(call NEW_ENOUGH,$$name) && echo $$name && break; done)
NEW_ENOUGH = "$(1)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
BIN := .venv/bin
SOURCES := pyproject.toml hatch_build.py $(shell find survey/frontend -type f -not -path '*/node_modules/*')
.DEFAULT_GOAL := help

.PHONY: help
help:  ## say what there is
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*##/ -/'

.PHONY: run
run: .venv/installed  ## fill a made-up system, print its addresses and sign-in links, and serve it
	@$(BIN)/phb demo

.PHONY: test
test: .venv/installed-dev browser lint  ## everything: lint, format, types, import contracts, tests
	$(BIN)/pytest -n 2

.PHONY: check
check: .venv/installed-dev lint  ## the quick part of `make test`: no browser, nothing slow
	$(BIN)/pytest -n 2 -m "not browser and not slow"

.PHONY: lint
lint: .venv/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: fix
fix: .venv/installed-dev  ## put format and imports right
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: bench
bench: .venv/installed-dev  ## start the real server, drive whole journeys, print figures beside a baseline
	$(BIN)/python -m tests.bench

.PHONY: evidence
evidence: .venv/installed-dev browser  ## look at every type of question in every state and circumstance, for /accessibility
	$(BIN)/python -m tests.evidence

.PHONY: browser
browser: .venv/installed-dev
	@sh tests/install_browser.sh $(BIN)/playwright

.PHONY: clean
clean:  ## remove what was installed and built; data/live stays
	rm -rf .venv build dist survey/static survey/frontend/node_modules
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

.venv/bin/python:
	@$(call NEW_ENOUGH,$(PYTHON)) || \
		{ echo "This needs Python 3.11 or newer. Say where one is: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -m venv .venv || \
		{ rm -rf .venv; echo "This Python has no venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

.venv/installed: .venv/bin/python $(SOURCES)
	@echo "Installing into .venv and building the front end (a minute or two the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/installed-dev: .venv/bin/python $(SOURCES)
	@echo "Installing into .venv with the tools for testing, and building the front end (a minute or two the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ .venv/installed
