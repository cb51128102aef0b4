# Madoguchi: what can be done here. `make` alone lists it.

PYTHON ?= python3
VENV := .venv
PORT ?=
# On Linux outside our CI, PyPI's torch comes with gigabytes of CUDA. Give the URL of PyTorch's CPU wheels here
# (the one that PyTorch's install page shows for "CPU"):  make run TORCH_INDEX=https://…
TORCH_INDEX ?=
# Python's own copy of pip may be years old, and takes twice as long.
PIP_VERSION := 26.3
# Byte code is made when a module is first used: compiling all of it would take longer than downloading it.
PIP := $(VENV)/bin/pip install --quiet --disable-pip-version-check --no-compile --constraint constraints.txt

QUESTIONS := evals/first-questions.tsv evals/topic-questions.tsv

# Settings in a file .env (see .env.example) count for the targets that start the desk or reach it.
DOTENV := if [ -f .env ]; then set -a; . ./.env; set +a; fi;

.DEFAULT_GOAL := help
.PHONY: help run test check ask ingest doctor evaluate materials format constraints clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.ready ## Set everything up and start the desk; it prints the address to open (PORT=8080)
	@$(DOTENV) $(VENV)/bin/madoguchi run --materials materials/files $(if $(PORT),--port $(PORT))

test: $(VENV)/.ready-dev ## Set everything up and run the whole test suite
	@$(VENV)/bin/pytest

check: $(VENV)/.ready-dev ## Lint, formatting, types, import contracts
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check --quiet .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports

ask: $(VENV)/.ready ## Ask the desk one question:  make ask Q="費用対効果の計算式は？"
	@$(DOTENV) $(VENV)/bin/madoguchi ask "$(Q)"

ingest: $(VENV)/.ready ## Bring materials in:  make ingest FILES="folder file.pptx"
	@$(DOTENV) $(VENV)/bin/madoguchi ingest $(FILES)

doctor: $(VENV)/.ready ## Look at everything the desk stands on
	@$(DOTENV) $(VENV)/bin/madoguchi doctor

evaluate: $(VENV)/.ready-evaluate ## Measure the curated questions, your own (FILE=questions.tsv), or a suite, with reports (SUITE=folder)
ifdef SUITE
	@$(VENV)/bin/python -m evals retrieval $(SUITE) --report docs/evaluation
	@$(VENV)/bin/python -m evals gate $(SUITE) --report docs/evaluation
	@$(VENV)/bin/python -m evals extract $(SUITE)
else ifdef FILE
	@$(VENV)/bin/python -m evals consult $(FILE)
else # the curated questions are about the starter materials: they get a desk of their own
	@set -e; export MADOGUCHI_HOME=var/evaluate; $(VENV)/bin/madoguchi ingest materials/files >/dev/null; \
	 for file in $(QUESTIONS); do echo "$$file"; $(VENV)/bin/python -m evals consult $$file; done
endif

materials: $(VENV)/.ready-dev ## Build the starter materials from their text sources, and their vectors
	@$(VENV)/bin/python -m materials.build
	@$(VENV)/bin/python -m materials.build.vectors

format: $(VENV)/.ready-dev ## Format the code
	@$(VENV)/bin/ruff check --fix --quiet . && $(VENV)/bin/ruff format .

constraints: $(VENV)/.ready-dev $(VENV)/.ready-evaluate ## Write down the exact versions installed now
	@{ echo '# Exact versions of everything the desk, its tests and its checks stand on. Made by: make constraints'; \
	   $(VENV)/bin/pip freeze --exclude-editable | sed 's/+cpu$$//'; } > constraints.txt

clean: ## Remove the virtual environment and the caches; var/ (the desk's state) stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) pip==$(PIP_VERSION)

$(VENV)/.torch: $(VENV)/bin/python constraints.txt
	@echo "Installing (the first time takes a few minutes) …"
	@$(PIP) $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) torch==2.13.0
	@touch $@

$(VENV)/.ready: $(VENV)/.torch pyproject.toml
	@$(PIP) --editable .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.torch pyproject.toml
	@$(PIP) --editable '.[test,check]'
	@touch $(VENV)/.ready $@

$(VENV)/.ready-evaluate: $(VENV)/.ready pyproject.toml
	@$(PIP) --editable '.[evaluate]'
	@touch $@
