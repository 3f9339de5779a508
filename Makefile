# `make` lists the targets. Two of them are all a newcomer needs: `make up` and `make test`.
PY := .venv/bin/python
# on two cores: while one waits for the browser the others have both (8:43 for all; two workers take 9:19)
WORKERS ?= 3
BIN := .venv/bin
MARK := .venv/.ready
TESTS ?=
# `make test PG=15`: on the PostgreSQL of this system instead of the embedded one
PG ?=
ifneq ($(PG),)
export LINLI_PG_BIN := /usr/lib/postgresql/$(PG)/bin
export LINLI_TEST_HOME ?= /tmp/linli-test-pg$(PG)
endif

# some hundred processes start in a run of the tests: what they import is compiled once, not by each
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help up setup check statics test test-fast turns fix docs screens lock browser format lint boundaries types templates migrations words

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort

$(MARK): requirements/run.txt requirements/dev.txt requirements/bootstrap.txt pyproject.toml
	@sh .ci/environment

setup: $(MARK) ## environment and locked dependencies, without starting anything

up: setup ## everything on http://127.0.0.1:8000, with Dongguan and a demo town; Ctrl-C stops it
	@exec $(BIN)/linli up

check: setup ## what CI runs, ends with the tests
	@$(MAKE) --no-print-directory -j2 statics
	@$(MAKE) --no-print-directory test

# what takes longest begins first
statics: types boundaries migrations words templates lint format

format:
	@$(BIN)/ruff format --check .
lint:
	@$(BIN)/ruff check .
boundaries:
	@$(BIN)/lint-imports --no-cache
types:
	@$(BIN)/mypy linli
templates:
	@$(PY) tests/lint_templates.py
migrations:
	@$(BIN)/linli makemigrations --check --dry-run
words:
	@$(BIN)/linli words check

browser:
	@sh .ci/browser

test: setup browser ## every test, browser tests where Chromium can be had
	@$(BIN)/pytest -n $(WORKERS) --dist loadgroup $(TESTS)

test-fast: setup ## without browsers, servers and what takes long: seven thousand, within two minutes on two cores
	@$(BIN)/pytest -n $(WORKERS) --dist loadgroup -m "not browser and not load" $(TESTS)

# pages have all their turns in four days, addresses in twelve
TURNS_OF_PAGES := $(foreach day,01 02 03 04,2026-11-$(day))
TURNS := $(TURNS_OF_PAGES) $(foreach day,05 06 07 08 09 10 11 12,2026-11-$(day))

turns: setup browser ## in whole what one run tries in part: sixteen runs of those tests
	@for day in $(TURNS); do LINLI_TEST_DAY=$$day $(BIN)/pytest -n $(WORKERS) --dist loadgroup tests/test_urls.py -k kind_of_post || exit 1; done
	@for day in $(TURNS_OF_PAGES); do LINLI_TEST_DAY=$$day $(BIN)/pytest -n $(WORKERS) --dist loadgroup tests/browser/test_pages.py || exit 1; done

fix: setup ## format and mend what can be mended
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

docs: setup ## make the generated documents and the sheet of pages anew
	@$(PY) tests/make_docs.py

screens: setup browser ## take the pictures of docs/screens anew
	@rm -rf .linli-test/screens
	@LINLI_SCREENS=1 $(BIN)/pytest -n 0 tests/browser/test_screens.py tests/browser/test_counter.py
	@$(PY) -m tests.browser.pictures

lock: ## resolve the versions anew and write their hashes, without any address
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements/run.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links pyproject.toml --extra dev -o requirements/dev.txt
