# `make run` starts the whole service on this machine, `make test` proves it. Both set up all they need.
# `sam build` calls the rule build-%Function below, and so does `make run`.

MAKEFLAGS += --no-print-directory
SHELL := /bin/sh
ROOT := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))
LAMBDA_PYTHON := 3.13

# An interpreter counts if it runs: a shim may be there and fail. Lambda's own version is taken first.
PYTHON_313 := $(shell for p in python3.13 "$$HOME"/.pyenv/versions/3.13.*/bin/python "$$PYENV_ROOT"/versions/3.13.*/bin/python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null && { "$$p" -c 'import sys; print(sys.executable)'; break; }; done)
PYTHON := $(or $(PYTHON_313),$(shell for p in python3 python3.14 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { "$$p" -c 'import sys; print(sys.executable)'; break; }; done))

# uv from the path where it reads this lock, else one of our own.
OWN_UV := $(ROOT)/.local/uv/bin/uv
UV := $(shell cd "$(ROOT)" && uv export --quiet --locked --only-group base >/dev/null 2>&1 && echo uv || echo "$(OWN_UV)")

export UV_COMPILE_BYTECODE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export UV_PYTHON_DOWNLOADS := never
export UV_SYSTEM_CERTS := 1
unexport VIRTUAL_ENV PYTHONPATH

READY := $(ROOT)/.venv/.ready

.PHONY: run test check soak corpus bench train setup setup-sam fix clean

run: setup
	@exec "$(ROOT)/.venv/bin/unstuck" run

# The deployed service is one for all of its tests; the others run side by side.
test: setup setup-sam check
	@cd "$(ROOT)" && .venv/bin/pytest tests/end_to_end
	@cd "$(ROOT)" && .venv/bin/pytest --numprocesses auto --dist loadfile --ignore tests/end_to_end

setup: $(READY)

setup-sam: $(ROOT)/.venv-sam/.ready

# All that can be said without running the service.
check: setup setup-sam
	@cd "$(ROOT)" && .venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports \
		&& .venv/bin/cfn-lint template.yaml \
		&& SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=us-east-1 .venv-sam/bin/sam validate --lint

fix: setup
	@cd "$(ROOT)" && .venv/bin/ruff check --fix . && .venv/bin/ruff format .

# Half a year with many members, all that can go wrong going wrong: half an hour. SEED picks another half a year.
SEED ?= 1
soak: setup
	@cd "$(ROOT)" && .venv/bin/unstuck simulate --members 1000 --days 184 --seed $(SEED)

# How well labelled texts are understood.
corpus: setup
	@cd "$(ROOT)" && .venv/bin/python -m tests.corpus.judge

# How long understanding takes, and a month's mail; and what ticks, nudges and replies cost with few members and with a
# million (2.5 GB of memory).
bench: setup
	@cd "$(ROOT)" && .venv/bin/python -m compileall -q shared && .venv/bin/python -m tests.bench.understanding \
		&& .venv/bin/python -m tests.bench.summary && PYTHONTZPATH= .venv/bin/python -m tests.bench.cost

# The weights of understanding, learned from the labelled texts in tests/corpus: run it after a change to those.
train: setup $(ROOT)/.venv-train/.ready
	@cd "$(ROOT)" && PYTHONPATH="$(ROOT)" .venv-train/bin/python -m tools.train

# The data in .local stays: members and journals are in it.
clean:
	rm -rf "$(ROOT)"/.venv "$(ROOT)"/.venv-* "$(ROOT)"/.aws-sam "$(ROOT)"/.local/build

$(READY): $(ROOT)/pyproject.toml $(ROOT)/uv.lock | $(filter $(OWN_UV),$(UV))
	$(call need,$(PYTHON),Python 3.11 or newer is needed and was not found)
	@echo "Setting up with $(PYTHON): the service and its tools (1 of 3)"
	$(call sync,.venv,--group dev)
	@echo "Setting up: a local AWS (2 of 3)"
	$(call sync,.venv-ministack,--only-group ministack)
	@echo "Setting up: what Lambda's runtime brings (3 of 3)"
	$(call sync,.venv-runtime,--only-group runtime)
	@touch $@

$(ROOT)/.venv-sam/.ready: $(ROOT)/pyproject.toml $(ROOT)/uv.lock | $(READY)
	@echo "Setting up: the SAM command line"
	$(call sync,.venv-sam,--only-group sam)
	@touch $@

$(ROOT)/.venv-train/.ready: $(ROOT)/pyproject.toml $(ROOT)/uv.lock | $(READY)
	@echo "Setting up: what trains the weights"
	$(call sync,.venv-train,--only-group train)
	@touch $@

$(OWN_UV):
	$(call need,$(PYTHON),Python 3.11 or newer is needed and was not found)
	@echo "Fetching uv"
	@"$(PYTHON)" -m venv "$(ROOT)/.local/uv" >/dev/null 2>&1 && "$(ROOT)/.local/uv/bin/python" -m pip install --quiet uv \
		|| { rm -rf "$(ROOT)/.local/uv"; "$(PYTHON)" -m pip install --quiet --target "$(ROOT)/.local/uv" uv; } \
		|| { echo "uv could not be installed: this Python has neither venv nor pip, or no network."; exit 1; }

need = @test -n "$(1)" || { echo "$(2)."; exit 1; }
sync = @cd "$(ROOT)" && UV_PROJECT_ENVIRONMENT="$(ROOT)/$(1)" "$(UV)" sync --quiet --locked --python "$(PYTHON)" $(2) \
	|| { echo "The dependencies could not be installed into $(1); what uv said is above."; exit 1; }

# What a function's artifact holds: its own code, the shared package, its group's dependencies, and bytecode,
# without which a cold start takes three times as long. For Lambda by default; `make run` names this machine.
PLATFORM ?= aarch64-manylinux_2_28
TARGET_PYTHON ?= $(LAMBDA_PYTHON)
COMPILER ?= $(PYTHON_313)

build-%Function: $(filter $(OWN_UV),$(UV))
	$(call need,$(ARTIFACTS_DIR),ARTIFACTS_DIR names where the function is to be built)
	@set -e; cd "$(ROOT)"; \
	name=$$(echo "$*" | sed 's/\([a-z]\)\([A-Z]\)/\1-\2/g' | tr 'A-Z' 'a-z'); folder=$$(echo $$name | tr - _); \
	mkdir -p "$(ARTIFACTS_DIR)/functions"; rm -rf "$(ARTIFACTS_DIR)"/functions/* "$(ARTIFACTS_DIR)/shared"; \
	cp functions/__init__.py "$(ARTIFACTS_DIR)/functions"; cp -R functions/$$folder "$(ARTIFACTS_DIR)/functions"; \
	cp -R shared "$(ARTIFACTS_DIR)"; find "$(ARTIFACTS_DIR)/functions" "$(ARTIFACTS_DIR)/shared" -name __pycache__ -prune -exec rm -rf {} +; \
	wanted=$$("$(UV)" export --quiet --locked --only-group $$name); lock="$(ARTIFACTS_DIR)/.dependencies"; \
	wanted="$(PLATFORM) $(TARGET_PYTHON) $(COMPILER) $$wanted"; compile="functions shared"; \
	if [ "$$(cat "$$lock" 2>/dev/null)" != "$$wanted" ]; then \
		"$(UV)" export --quiet --locked --only-group $$name | UV_COMPILE_BYTECODE=0 "$(UV)" pip install --quiet --no-deps --only-binary :all: \
			--target "$(ARTIFACTS_DIR)" $(if $(filter host,$(PLATFORM)),--python "$(PYTHON)",--python-platform $(PLATFORM) --python-version $(TARGET_PYTHON)) -r -; \
		rm -rf "$(ARTIFACTS_DIR)/bin"; compile="."; \
	fi; \
	if [ -n "$(COMPILER)" ]; then cd "$(ARTIFACTS_DIR)" && "$(COMPILER)" -m compileall -q -j 0 --invalidation-mode unchecked-hash $$compile; \
	else echo "No Python $(TARGET_PYTHON) here: built without bytecode, which makes cold starts slower."; fi; \
	printf '%s' "$$wanted" > "$$lock"
