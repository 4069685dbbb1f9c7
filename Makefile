# The commands of README.md. Everything is installed into .venv; nothing is needed but Python 3.11 or later and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INDEX ?= .quoth
Q ?= who mediated?

.DEFAULT_GOAL := help
.PHONY: help install ready chat ask index status eval test check clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Quoth needs Python 3.11 or later: make PYTHON=/path/to/python3.11"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

# A finished build leaves a manifest; whatever folder it was of, it is not replaced by seeds/.
ready: $(VENV)/.installed
	@ls $(INDEX)/generation-*/manifest.json >/dev/null 2>&1 || $(BIN)/quoth index --index $(INDEX) seeds

install: $(VENV)/.installed ## install into .venv

chat: ready ## open the terminal UI, indexing seeds/ first where needed
	@$(BIN)/quoth chat --index $(INDEX)

ask: ready ## answer one question: make ask Q="who mediated?"
	@$(BIN)/quoth ask --index $(INDEX) "$(Q)"

index: $(VENV)/.installed ## build or update the index of seeds/
	$(BIN)/quoth index --index $(INDEX) seeds

status: $(VENV)/.installed ## what is in the index, and is it whole
	@$(BIN)/quoth status --index $(INDEX)

eval: $(VENV)/.installed ## run the shipped suites against their floors
	$(BIN)/quoth eval seeds
	$(BIN)/quoth eval conflicts

check: $(VENV)/.installed-dev ## ruff, mypy and import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check ## everything that CI checks
	$(BIN)/pytest

clean: ## remove what was built, not the environment
	rm -rf .quoth build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
