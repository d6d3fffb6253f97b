# Two commands do all the set-up on a machine with Python 3.11 or newer: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
SOURCES := src tests evaluation benchmarks training

.PHONY: help demo test check bench evaluate reference clean

help:
	@echo "make demo       install into .venv, build the sample record, show what it found"
	@echo "make test       install what the tests need, check the code, run every test"
	@echo "make check      formatting, lint, types, layers and the freshness of derived files"
	@echo "make evaluate   accuracy on annotated news; needs ONRECORD_TEST_DATA (see evaluation/README.md)"
	@echo "make bench      speed and memory, as ratios measured in one run"
	@echo "make reference  write the schema and the reference page that are derived from the model"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "onrecord needs Python 3.11 or newer; try: make PYTHON=python3.12 demo"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing onrecord into $(VENV) ..."
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-for-tests: $(VENV)/.installed
	@echo "Installing what the tests need into $(VENV) ..."
	@$(PIP) install -c constraints.txt -e '.[test,check]'
	@touch $@

demo: $(VENV)/.installed
	@$(BIN)/onrecord demo

test: check
	@$(BIN)/python -m pytest

check: $(VENV)/.installed-for-tests
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/mypy
	@$(BIN)/lint-imports

$(VENV)/.installed-for-bench: $(VENV)/.installed-for-tests
	@$(PIP) install -c constraints.txt -e '.[bench]'
	@touch $@

bench: $(VENV)/.installed-for-bench
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.linking 500 1000

evaluate: $(VENV)/.installed-for-tests
	@$(BIN)/python -m evaluation

reference: $(VENV)/.installed
	@$(BIN)/python -m onrecord.model.reference --write docs

clean:
	@rm -rf $(VENV) build dist src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
