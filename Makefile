# Everything a developer runs. Each target first brings .venv up to date, which takes no time when nothing changed.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
ARGS   ?=
NODE   := tests/frontend/node_modules/.package-lock.json

SOURCES     := openapi fixtures mock_server conformance tests
DEEP_SHARDS := 1 2 3 4 5 6 7 8

PIP    = $(BIN)/python -m pip -qq --disable-pip-version-check
PYTEST = $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup serve test check format bench deep lock clean browser

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## Prepare .venv, nothing else

serve: $(STAMP) ## Serve every API; ARGS='viben --port 9000' passes arguments on
	@exec $(BIN)/mock-server serve $(ARGS)

test: $(STAMP) browser $(NODE) ## Run the tests, without those marked deep; ARGS='-k pattern' passes arguments on
	@$(PYTEST) -m 'not deep' $(ARGS)

check: $(STAMP) ## Lint, formatting, types, YAML style
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/yamllint --strict $(SOURCES) .github .pre-commit-config.yaml .yamllint.yaml

format: $(STAMP) ## Rewrite the code as check wants it
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: $(STAMP) ## Measure the mock server
	@$(PIP) install --constraint requirements.lock --group bench
	@$(BIN)/python -m tests.benchmarks $(ARGS)

# One file per shard that passed: after an interruption or a failure only the rest runs, after a change all of them.
deep: $(DEEP_SHARDS:%=.deep/%) ## Run the tests marked deep, in shards; resumes where it stopped

.deep/%: $(STAMP) browser $(NODE) $(shell find $(SOURCES) -name node_modules -prune -o -type f -not -name '*.pyc' -print 2>/dev/null)
	@mkdir -p .deep
	@echo "deep: shard $* of $(words $(DEEP_SHARDS))"
	@$(PYTEST) -m deep --shard $*/$(words $(DEEP_SHARDS)) $(ARGS) || test $$? -eq 5  # 5: no test fell into this shard
	@touch $@

# The newest versions that pyproject.toml allows, from a fresh environment; review the change as you would code.
lock: ## Renew requirements.lock
	@rm -rf .venv-lock && $(PYTHON) -m venv .venv-lock
	@.venv-lock/bin/python -m pip -qq install --upgrade pip
	@.venv-lock/bin/python -m pip -qq install --group dev --group bench --editable '.[speed]'
	@.venv-lock/bin/python -m pip -qq uninstall --yes session-contracts setuptools
	@{ echo "# Made by 'make lock': the versions that 'make setup' installs."; \
	   .venv-lock/bin/python -m pip freeze --all; } > requirements.lock
	@rm -rf .venv-lock

clean: ## Remove everything that make and the tools have made
	@rm -rf tests/frontend/node_modules tests/frontend/dist tests/frontend/src/contracts
	@rm -rf $(VENV) .deep .hypothesis .mypy_cache .pytest_cache .ruff_cache .schemathesis dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Chromium and Node for the tests in a browser. Who is not root installs them by hand; until then those tests are
# skipped and say so (with CI set they fail).
browser:
	@for each in chromium chromium-browser google-chrome; do ! command -v $$each >/dev/null || exit 0; done; \
	  $(call debian,chromium)
	@command -v npm >/dev/null || { $(call debian,nodejs npm) }

debian = if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
	    echo "Installing $(1) ..." && export DEBIAN_FRONTEND=noninteractive && \
	    apt-get -qq update && apt-get -qq install --yes --no-install-recommends $(1) >/dev/null; fi;

# npm writes this file last. Without a network the other tests run, except on CI.
$(NODE): $(wildcard tests/frontend/package-lock.json)
	@! command -v npm >/dev/null || { echo "Preparing tests/frontend ..." && \
	  npm ci --prefix tests/frontend --prefer-offline --no-audit --no-fund --loglevel error && touch $@; } || \
	  { echo "npm could not install tests/frontend; its tests are skipped" >&2; test -z "$$CI"; }

# The stamp goes first and comes back last: without it the environment is taken for unfinished and made anew.
$(STAMP): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "session-contracts needs Python 3.11 or newer; '$(PYTHON)' is not. Try: make PYTHON=python3.11 ..." >&2; exit 1; }
	@echo "Preparing $(VENV) ..."
	@test -e $@ || $(PYTHON) -m venv --clear $(VENV)
	@rm -f $@
	@$(PIP) install --constraint requirements.lock --upgrade pip
	@$(PIP) install --constraint requirements.lock --group dev
	@$(PIP) install --constraint requirements.lock --no-build-isolation --editable '.[speed]'
	@touch $@
