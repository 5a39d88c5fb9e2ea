# Two commands do the work: `make report` and `make test`. `make help` lists the rest.
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help report test data notebooks lab corpus bench fuzz lock clean

# The first interpreter that is new enough, unless PYTHON names one.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

REGION ?=
PERIOD ?= newest
LANGS ?= zh,en
FORMATS ?= pdf,html
AS_OF ?=
FORCE ?=
ACCEPT ?=
OPTIONS ?=
WORKSPACE ?=
# A workspace of one's own (`tongbi init`) instead of this checkout.
export TONGBI_WORKSPACE := $(WORKSPACE)

BIN := .venv/bin
# locks/ pins every version with the hashes of its files, those of the build as well, and pip takes no other; each lock is whole, so that an
# extra is installed only when a target needs it. A mirror now and then serves half an index, hence the one retry.
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/pip install --quiet
LOCKED = $(PIP) --require-hashes --requirement locks/$(1).lock
INSTALL = { $(LOCKED) || $(LOCKED); } && $(PIP) --no-deps --no-build-isolation --editable .

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header

help:  ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | while IFS="$$(printf '\t')" read -r t d; do printf '  make %-9s %s\n' "$$t" "$$d"; done

# Publishing builds the data where they changed, while it gets ready; `tongbi data` then says what was left out of them.
report: .venv/base  ## publish: newest period of every region, or REGION=bijie,national PERIOD=2017,2024 LANGS=zh; FORMATS=pdf,html,docx,xlsx; PERIOD=all; AS_OF=2024-03-31; FORCE=1; ACCEPT=1
	@$(BIN)/tongbi publish $(if $(REGION),--region $(REGION)) --period $(PERIOD) --lang $(LANGS) --format $(FORMATS) $(if $(AS_OF),--as-of $(AS_OF)) $(if $(FORCE),--force) $(if $(ACCEPT),--accept); published=$$?; \
	$(BIN)/tongbi data; data=$$?; test $$published = 0 || exit $$published; exit $$data

test: .venv/test  ## lint, check types, and run every test, the notebooks' among them
	@$(BIN)/ruff check --quiet src tests benchmarks proving conftest.py
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/python -m pytest -n auto --dist loadfile

data: .venv/base  ## rebuild data/processed from data/raw and data/manual
	@$(BIN)/tongbi data

notebooks: .venv/test  ## run the notebooks and store the text that `make test` compares
	@$(BIN)/python tests/store_notebooks.py

lab: .venv/lab  ## open copies of the notebooks in JupyterLab, in lab/; OPTIONS="--port=9999 --no-browser" go to it
	@$(BIN)/tongbi kernel >/dev/null
	@test -e .venv/etc/jupyter/labconfig/page_config.json || \
		$(BIN)/jupyter labextension disable --level=sys_prefix @jupyterlab/apputils-extension:announcements >/dev/null 2>&1
	@mkdir -p lab; for notebook in notebooks/*.ipynb; do test -e lab/$${notebook##*/} || cp $$notebook lab/; done
	@$(BIN)/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) --LabApp.news_url=None \
		--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate $(OPTIONS) lab

corpus: .venv/base  ## score extraction on a labelled corpus (TONGBI_CORPUS=folder): what a change gained and lost
	@$(BIN)/python -m benchmarks.corpus

bench: .venv/bench  ## measure speed against the named alternatives
	@for b in audit extract fuzz publish roundtrip typesetting; do $(BIN)/python -m benchmarks.$$b || exit; done

fuzz: .venv/test  ## read a million hostile inputs, and hold growth over longer texts (CASES=1000000)
	@$(BIN)/python -m benchmarks.fuzz --texts $(or $(CASES),1000000)
	@TONGBI_FUZZ=1000 $(BIN)/python -m pytest tests/test_hostile.py tests/test_hostile_growth.py tests/test_hostile_reports.py

lock: .venv/lock  ## choose new versions for requirements.lock, and the hashes of locks/
	@$(COMPILE) --upgrade --all-extras pyproject.toml -o requirements.lock
	@for set in base lab test bench lock; do $(COMPILE) --generate-hashes --no-annotate --constraint requirements.lock --extra build \
		$$(test $$set = base || echo --extra $$set) pyproject.toml -o locks/$$set.lock || exit; done

clean:  ## remove the virtual environment, the reports and every cache
	rm -rf .venv .pytest_cache .mypy_cache .hypothesis build dist
	find . -name __pycache__ -prune -exec rm -rf {} +
	find reports -mindepth 1 ! -name README.md -delete

.venv/base: pyproject.toml locks/base.lock
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer was found: install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@test -x $(BIN)/pip || { rm -rf .venv; $(PYTHON) -m venv .venv || { echo "$(PYTHON) cannot make a virtual environment: install its venv module (Debian: python3-venv)" >&2; exit 1; }; }
	@echo "Installing the pinned packages into .venv (once, one to two minutes) ..."
	@$(call INSTALL,base)
	@touch $@

.venv/test .venv/lab .venv/bench .venv/lock: .venv/%: .venv/base locks/%.lock
	@echo "Installing the packages of 'make $*' ..."
	@$(call INSTALL,$*)
	@touch $@
