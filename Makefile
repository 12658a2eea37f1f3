# Vidilog. `make` alone prints the help page; the same targets run in CI (.ci/run).
#
# A target's help is the text after "##" on its line; "##@" starts a section.

SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS   += --no-builtin-rules

# Two packages at a time: several of the tests start PostgreSQL, ffmpeg or Chromium, which are the real users of the cores.
JOBS ?= 2
# Passed to what a target runs: make run ARGS='--listen :8080', make test-unit ARGS='-run Upload'
ARGS ?=
# Package pattern of the Go test targets: make test-unit PKG=./domain/...
PKG  ?= ./...

GOLANGCI_VERSION := 2.15.0
GOLANGCI := bin/tools/golangci-lint-$(GOLANGCI_VERSION)
VERSION   = $(shell git describe --tags --always --dirty 2>/dev/null || echo unversioned)
# Where goroutines share state, or where everything else rests on the result. Not all packages: the detector costs 5 to 10 times
# the time.
RACE_PACKAGES := ./domain/... ./eventstore/... ./commands/... ./projections/... ./workers/process/...

CLIENT_APP     := client/dist/app/index.html
CLIENT_MODULES := client/node_modules/.package-lock.json
CLIENT_SOURCES  = $(shell find client \( -name node_modules -o -path client/dist -o -path client/e2e \) -prune -o \
	-type f ! -name '*.go' ! -name '*.md' -print)
E2E_MODULES    := client/e2e/node_modules/.package-lock.json

SHELL_SCRIPTS   = .ci/run $(shell grep -slI '^#!.*bash' scripts/* scripts/conformance/*)

# No C compiler is needed to build or run; only the race detector wants one.
export CGO_ENABLED ?= 0
# One thing after the other: `packages-test` first, and tests that measure time are not disturbed by a build.
.NOTPARALLEL:

##@ Run
.PHONY: help run build client clean

help: ## Print this page
	@awk 'BEGIN { FS = ":.*## "; print "Vidilog. Usage: make <target> [ARGS=…] [PKG=./package/...]" } \
		/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z0-9-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: packages-run build ## Start an instance on this machine with its data in ./data; prints its URL and root password
	@exec bin/vidilog serve --data ./data $(ARGS)

build: $(CLIENT_APP) binary ## Build bin/vidilog with the web client in it

client: $(CLIENT_APP) ## Build the web client only

clean: ## Remove what the build made; ./data stays
	rm -rf bin coverage test-results client/dist/app client/node_modules client/e2e/node_modules

##@ Test
.PHONY: test test-unit test-race test-go test-client test-e2e test-crash contract conformance

test: packages-test test-client test-race test-go test-crash test-e2e ## Everything, with coverage; the only command needed on a fresh machine
	@scripts/coverage coverage/race.out coverage/go.out

test-unit: ## Go tests that need no service, in seconds
	@scripts/go-test -short $(PKG) $(ARGS)

test-race: ## The core packages under the race detector
	@mkdir -p coverage
	@CGO_ENABLED=1 scripts/go-test -race -p $(JOBS) -coverprofile=coverage/race.out $(RACE_PACKAGES) $(ARGS)

test-go: ## The other Go packages, with real PostgreSQL, Redis and ffmpeg
	@mkdir -p coverage
	@scripts/go-test -p $(JOBS) -coverprofile=coverage/go.out \
		$$(scripts/go-packages-except $(RACE_PACKAGES) ./test/e2e/... ./test/crash/...) $(ARGS)

test-client: $(CLIENT_MODULES) ## The web client's unit tests
	@npm --prefix client run --silent test

test-e2e: build $(E2E_MODULES) ## Real instances and a real browser: watching, publishing, administration
	@REQUIRE_BROWSER=1 scripts/go-test -timeout 30m ./test/e2e/... $(ARGS)

contract: ## Every route and answer held against schema/openapi.yaml; against another document too: make contract CONTRACT=FILE [SAMPLES=FOLDER]
	@CONTRACT='$(if $(CONTRACT),$(abspath $(CONTRACT)))' SAMPLES='$(if $(SAMPLES),$(abspath $(SAMPLES)))' scripts/go-test -timeout 15m ./test/contract/... $(ARGS)

test-crash: ## Kill the instance at every failpoint and look at what is left
	@scripts/go-test -timeout 15m ./test/crash/... $(ARGS)

conformance: build ## PeerTube's own suites: make conformance PEERTUBE_DIR=/path/to/peertube ARGS='api/server/config.ts'
	@PEERTUBE_DIR='$(PEERTUBE_DIR)' go run ./scripts/conformance $(ARGS)

##@ Measure
.PHONY: bench bench-heart bench-endpoints

bench: ## Go benchmarks, and all endpoints; benchmarks of one package: make bench PKG=./eventstore/... ARGS='-benchtime 3s'
	@go test -run '^$$' -bench . -benchtime 1s -benchmem -p 1 $(PKG) $(ARGS)
	@[ '$(PKG)' != ./... ] || test/bench/endpoints

bench-endpoints: ## Requests/s, latency and memory of a fresh instance: make bench-endpoints VIDEOS=1000 ARGS='--time 10s'
	@test/bench/endpoints $(ARGS)

bench-heart: ## Event store, projections and process managers under load and kill -9; prints the figures of docs/benchmarks.md
	@go run ./test/heart $(ARGS)

##@ Quality
.PHONY: lint fmt docs-check

lint: $(GOLANGCI) $(CLIENT_APP) docs-check ## Linters of Go, client, scripts and documents
	@$(GOLANGCI) run
	@if command -v shellcheck >/dev/null; then shellcheck $(SHELL_SCRIPTS); \
		else echo 'lint: no shellcheck here, shell scripts are not checked (scripts/install-packages lint)'; fi
	@for task in lint check budget; do npm --prefix client run --silent $$task; done

fmt: $(GOLANGCI) $(CLIENT_MODULES) ## Format Go and client sources
	@$(GOLANGCI) fmt
	@npm --prefix client run --silent format

docs-check: ## Links in documents, package comments and targets named in documents
	@go run ./scripts/docs-check

# ---- parts of the above, without help ----
.PHONY: packages-run packages-test binary

packages-run packages-test: packages-%:
	@scripts/check-tools
	@scripts/install-packages $*

# Always called: go build knows better than make what has changed, and needs a second when nothing has.
binary:
	@go build -trimpath -buildvcs=false -ldflags '-s -w -X main.version=$(VERSION)' -o bin/vidilog ./cmd/vidilog

$(CLIENT_MODULES): client/package.json client/package-lock.json
	@echo 'client: installing packages'
	@npm --prefix client ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# Vite may leave a half-written dist behind when it fails; .DELETE_ON_ERROR takes care that such a build is not kept.
$(CLIENT_APP): $(CLIENT_MODULES) $(CLIENT_SOURCES)
	@echo 'client: building'
	@npm --prefix client run --silent build
	@touch $@

$(E2E_MODULES): client/e2e/package.json client/e2e/package-lock.json
	@npm --prefix client/e2e ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# The name carries the version, so another version here builds another binary. Kept out of go.mod: its dependencies are not ours.
$(GOLANGCI):
	@echo 'lint: building golangci-lint $(GOLANGCI_VERSION) (minutes, once)'
	@GOFLAGS= GOBIN=$(CURDIR)/bin/tools go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v$(GOLANGCI_VERSION) 2>&1 | \
		{ grep -v '^go: downloading' || true; }
	@mv bin/tools/golangci-lint $@
