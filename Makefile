# Every target sets up what it needs: Python 3.11 or newer, make and git are enough.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
VERSION := import sys; print(*sys.version_info[:2], sep=".")
# An environment of another Python than the one that is named is made again.
ifneq ($(origin PYTHON),file)
ifneq ($(wildcard $(BIN)/python),)
ifneq ($(shell $(PYTHON) -c '$(VERSION)'),$(shell $(BIN)/python -c '$(VERSION)'))
OUTDATED := remove-environment
endif
endif
endif
PORTABLE := $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Quizbot needs Python 3.11 or newer, this is %d.%d. Name another: make PYTHON=python3.12" % sys.version_info[:2])'

.DEFAULT_GOAL := help
# Where it is set, each of the many processes that tests start would compile the program anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## Show what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

.PHONY: remove-environment
remove-environment:
	@rm -rf $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml $(OUTDATED)
	@$(PORTABLE)
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@echo "Installing Quizbot into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml $(OUTDATED)
	@$(PORTABLE)
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@echo "Installing Quizbot and its tools into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run

.PHONY: run
run: $(VENV)/.run ## Start the bot with its local web room
	@exec $(BIN)/quizbot run

.PHONY: test
test: lint browser ## Run every test but the long ones, in about seven minutes on two cores
	@$(BIN)/python -m pytest --numprocesses $$($(BIN)/python -c 'import os; print(os.cpu_count() * 3 // 2)') --dist worksteal  # many tests wait for a socket

.PHONY: test-all
test-all: ## Run the tests with each Python from 3.11 on that this machine has
	@for version in 3.11 3.12 3.13 3.14; do \
	  if python$$version -c '' 2>/dev/null; then \
	    echo "Python $$version:"; $(MAKE) --no-print-directory test PYTHON=python$$version VENV=.venv-$$version || exit 1; \
	  else echo "Python $$version is not on this machine."; fi; done

.PHONY: soak
soak: fuzzer ## Run the long tests too
	@SOAK=1 $(BIN)/python -m pytest --timeout 3600

.PHONY: fuzzer
fuzzer: $(VENV)/.dev # Where there is a package for the machine, install the fuzzer
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements-fuzz.lock || \
	  echo "Atheris can't be installed; tests go on without it."

.PHONY: fuzz
fuzz: fuzzer ## Look for files that crash a reader (SECONDS=3600; FORMATS='gift any')
	@$(BIN)/python -m tests.fuzz --seconds $(or $(SECONDS),60) $(FORMATS)

.PHONY: lint
lint: $(VENV)/.dev ## Check style and types
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary

.PHONY: bench
bench: $(VENV)/.dev ## Measure, and print a table (FAST=1: under two minutes)
	@$(BIN)/python -m tests.bench $(if $(FAST),--size fast)

.PHONY: browser
browser: # Where it may (root and apt), install the browsers that the room's tests drive
	@has() { for name; do command -v $$name >/dev/null 2>&1 && return; done; false; }; \
	  install() { echo "Installing $$1 for the browser tests ..."; export DEBIAN_FRONTEND=noninteractive; \
	    (apt-get update -qq && apt-get install -y -qq --no-install-recommends $$1) >/dev/null; }; \
	  [ "$$(id -u)" = 0 ] && has apt-get || exit 0; \
	  has chromium-headless-shell chromium chromium-browser google-chrome || \
	    install chromium-headless-shell || install chromium; \
	  has firefox-esr || install firefox-esr || true

.PHONY: lock
lock: $(VENV)/.dev ## Renew the locked dependencies
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --all-extras --group pyproject.toml:run pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --all-extras --group pyproject.toml:dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-build --group pyproject.toml:fuzz -o requirements-fuzz.lock

.PHONY: lookalikes
lookalikes: $(VENV)/.dev ## Renew the table of characters that look alike
	@$(BIN)/python -m tests.supply.lookalikes

.PHONY: audit
audit: $(VENV)/.dev ## Look for advisories against the locked dependencies
	@$(BIN)/python -m tests.supply.audit requirements.lock $(if $(ADVISORIES),--stored $(ADVISORIES))

.PHONY: sbom
sbom: $(VENV)/.dev ## Write var/sbom.json, the bill of materials
	@$(BIN)/python -m tests.supply.sbom requirements.lock var/sbom.json

.PHONY: fonts
fonts: $(VENV)/.dev ## Make the fonts of the cards again, from Debian's packages in var/fonts
	@$(BIN)/python -m tests.supply.fonts var/fonts

.PHONY: icon
icon: $(VENV)/.dev ## Paint docs/icon.png, for Slack's and Discord's app directories, from the room's icon; needs Chromium
	@$(BIN)/python -m tests.supply.icon

.PHONY: messages
messages: $(VENV)/.dev ## Renew what comes from the code: texts to translate, translations as the program reads them, tables in docs/
	@$(BIN)/pybabel -q extract -F pyproject.toml -k _ -k later -k ngettext:1,2 --no-location --sort-output --omit-header -o bot/locale/messages.pot bot adapters
	@$(BIN)/python -m tests.supply.catalogues
	@$(BIN)/python -m tests.supply.tables
