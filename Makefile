# 蓉易办. Each target sets up what it needs; the second time is fast. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup run ops logs test unit nightly lint bench package browser clean
PY := .venv/bin/python
export PORT ?= 8000
ARCHITECTURE ?= arm64

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

setup: ## virtual environments with the pinned requirements (the other targets do it on their own)
	@sh tools/setup.sh

run: setup ## the whole system on http://127.0.0.1:8000 (or PORT=…), until Ctrl-C; data stays in .local/
	@exec $(PY) -m tools.run

ops: setup ## for who is on call: DO=replay, DO=faults, DO=calendar, DO=reconcile, DO=move (docs/runbook.md; STACK=… for one on AWS)
	@$(PY) -m tools.ops

logs: setup ## follow what the functions of `make run` say, in JSON lines (CASE=… for one case)
	@$(PY) -m tools.logs

test: setup ## every check: style, types, import rules, and the unit, contract, infra and journey tests
	@$(PY) -m tools.check

unit: setup ## the unit tests only, in seconds
	@$(PY) -m tools.check unit

nightly: setup ## the property tests with many new examples (some five minutes); what fails becomes an @example
	@HYPOTHESIS_PROFILE=nightly $(PY) -m pytest tests/unit tests/contract -m hypothesis -q

lint: setup ## style, types, import rules and sizes only
	@$(PY) -m tools.check lint

bench: setup ## measure the budgets (docs/architecture.md §8) on this machine (make bench QUICK=1 for a short one)
	@$(PY) -m tools.bench $(if $(QUICK),--quick)

package: setup ## what production deploys: dist/template.json and dist/deployment.zip (ARCHITECTURE=arm64)
	@$(PY) -m infra.build --architecture $(ARCHITECTURE) --out dist

browser: setup ## a browser for tests that look at pages
	@sh tools/browser.sh

clean: ## remove what was built and the local system's data, keep the virtual environments
	@rm -rf dist .chalice/deployments .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache chalicelib/openapi.json web/shared/vocabulary.ts web/shared/api.d.ts
	@if [ -d .local ]; then find .local -mindepth 1 -maxdepth 1 ! -name engine -exec rm -rf {} +; fi
