# Everything is one of these verbs. Go is enough for run and build; test also wants Chromium, and Node for counterparts.
export CGO_ENABLED = 0
EXEC = $(shell go env GOROOT)/lib/wasm/wasm_exec.js
GO_BUILD = go build -trimpath -buildvcs=false -ldflags="-s -w"
# Inlining makes the program larger to download and helps most where it computes: the arithmetic of cryptography keeps it,
# and the runtime, on which each answer to a key waits. BENCH.md has the figures.
# What can have no use in a browser is left out of the standard library too: see wasm/without. wasm/lean takes out the lines.
SMALL = -overlay=wasm/without/overlay.json -tags=nethttpomithttp2 -gcflags=all=-l -gcflags=runtime= -gcflags=internal/runtime/...= -gcflags=internal/abi= -gcflags=math/bits= -gcflags=internal/byteorder= -gcflags=crypto/internal/fips140deps/byteorder= -gcflags=crypto/internal/fips140/bigmod= -gcflags=crypto/internal/fips140/nistec/...= -gcflags=crypto/internal/fips140/edwards25519/...= -gcflags=crypto/internal/fips140/sha256= -gcflags=crypto/internal/fips140/sha512= -gcflags=crypto/internal/fips140/hmac=

# Random texts that each fuzz target is fed. A count and no duration: at the end of a duration Go 1.26 at times takes its own
# deadline for a failure (go.dev/issue/75804).
FUZZ = 40000

.PHONY: help run build test fuzz bench lint vuln fmt
help: ## list the verbs
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

run: build ## build, then serve on http://localhost:8080, with demo accounts
	bin/jwtlab serve -demo

build: ## make bin/jwtlab with the site inside, and the site in dist/
	@go run ./wasm/without >wasm/without/overlay.json
	GOOS=js GOARCH=wasm $(GO_BUILD) $(SMALL) -o bin/app.wasm ./wasm
	go run ./wasm/lean bin/app.wasm
	go run ./cmd/jwtlab assemble -program bin/app.wasm -runtime $(EXEC) -out app/site/files
	$(GO_BUILD) -o bin/jwtlab ./cmd/jwtlab
	rm -rf dist && bin/jwtlab build -out dist -base /

test: build ## run all tests, those in the browser too
	@if command -v npm >/dev/null && [ -f app/testdata/npm/package-lock.json ]; then npm ci --silent --no-audit --no-fund --prefix app/testdata/npm; else echo "no npm: tests against other libraries are left out"; fi
	go vet ./... && GOOS=js GOARCH=wasm go vet ./wasm ./app/ui && go test ./...

fuzz: ## feed every reader random text; what breaks one is kept in testdata/fuzz
	@mkdir -p bin && go test -list '^Fuzz' $$(grep -rl --include='*_test.go' '^func Fuzz' app cmd | xargs -n1 dirname | sort -u | sed 's,^,./,') >bin/fuzz.list || { cat bin/fuzz.list; exit 1; }
	@set -e; \
	targets=$$(awk '/^Fuzz/ { found[n++] = $$1 } /^ok/ { for (i = 0; i < n; i++) print $$2 "#" found[i]; n = 0 }' bin/fuzz.list); \
	for target in $$targets; do \
		GOMEMLIMIT=1GiB go test -run '^$$' -fuzz "^$${target#*#}\$$" -fuzztime $(FUZZ)x -fuzzminimizetime 10x "$${target%#*}" >bin/fuzz.log 2>&1 || { cat bin/fuzz.log; exit 1; }; \
		echo "$$target $$(tail -1 bin/fuzz.log)"; \
	done

bench: build ## measure, and write BENCH.md
	go test -run '^$$' -bench . -benchtime 1x ./app/bench

lint: ## look for what is badly formatted or suspicious
	@test -z "$$(gofmt -l app cmd wasm)" || { gofmt -l app cmd wasm; echo "run make fmt"; exit 1; }
	go tool staticcheck ./... && GOOS=js GOARCH=wasm $$(go tool -n staticcheck) ./wasm ./app/ui

vuln: ## ask the Go project's database about known faults in what we use
	go tool govulncheck ./...

fmt: ## format the Go files
	gofmt -w app cmd wasm
