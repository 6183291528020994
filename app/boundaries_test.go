package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// A row says what a package may import of this module and of others, and why. The standard library is free, but for
// what confined says.
type row struct {
	pkg   string
	may   string // other than the standard library, separated by blanks; ours without the module's name
	why   string
	tests string // what only its tests may import
}

// graph is the house: imports point downwards only.
var graph = []row{
	{"app/token", "", "reads any text; what reads secrets must not depend on anything", ""},
	{"app/bound", "", "measures the memory of readers; only tests import it", ""},
	{"app/witness", "app/key app/check app/locale", "what others say is right; only tests import it", ""},
	{"app/check", "", "the words in which the engine answers; pure data", "app/token"},
	{"app/locale", "", "texts in, texts out", ""},
	{"app/key", "app/token app/check mldsa", "keys stand in texts, and their faults have places in them", ""},
	{"app/jws", "app/token app/key app/check mldsa jwt", "the debugger's only user of golang-jwt", ""},
	{"app/jwe", "app/token app/key app/check", "decrypts and encrypts with the standard library alone", ""},
	{"app/claims", "app/token app/check", "judges what the payload says, not who signed it", ""},
	{"app/sdjwt", "app/token app/key app/jws app/claims app/check", "disclosures and their digests, between two signatures", ""},
	{"app/dpop", "app/token app/key app/jws app/claims app/check", "a proof is a JWS by a key of its own", ""},
	{"app/cookie", "app/check", "cookies as a browser keeps them; no clock, no network", "psl"},
	{"app/lint", "app/token app/key app/check app/claims", "findings are about what the others read; it verifies nothing itself", "app/jws app/play/desk"},
	{"app/verdict", "app/token app/key app/jws app/jwe app/sdjwt app/claims app/check", "sums the engine up", "app/locale"},
	{"app/snippet", "", "texts in, programs out; never sees a key", "app/key app/jws"},
	{"app/lab/wire", "app/check app/cookie", "carries messages and records them; knows neither clients nor services", ""},
	{"app/lab/browser", "app/check app/cookie app/lab/wire", "decides what is sent and who may read it; asks no service but over the wire", "app/key app/login app/login/memstore"},
	{"app/lab/scenario", "app/check app/cookie app/jws app/key app/token app/locale app/login app/login/memstore app/lab/wire app/lab/browser app/lab/idp", "plays scripts in a world of the others; keeps nothing outside it", ""},
	{"app/play/desk", "app/token app/key app/jws app/jwe app/sdjwt app/dpop app/claims app/lint app/snippet app/check app/verdict", "what the debugger knows", "app/job"},
	{"app/play/client", "", "what the page of the server knows", "app/login/inprocess"},
	{"app/play/lab", "app/lab/scenario app/lab/wire", "what the page of the lab knows: a script, and the record of it", "app/lab/browser app/check"},
	{"app/play", "app/play/desk app/play/client app/play/lab app/locale", "what the page knows", ""},
	{"app/job", "app/token app/key app/jws app/jwe app/verdict app/play app/play/desk app/lab/scenario", "long work as data, for Worker, command line and test", ""},
	{"app/ui", "app/play app/play/desk app/play/client app/play/lab app/lab/scenario app/lab/browser app/lab/wire app/cookie app/job app/login/inprocess app/token app/key app/jws app/jwe app/claims app/lint app/snippet app/check app/verdict app/locale go-app", "shows State; the only importer of go-app, with site", ""},
	{"app/login", "app/token app/key app/locale jwt", "the login service, as any Go service would write it", "app/login/memstore"},
	{"app/login/boltstore", "app/login bbolt", "logins in one file; the only user of bbolt", "app/login/storetest"},
	{"app/login/redisstore", "app/login redis", "logins for several replicas; the only user of go-redis", "app/login/storetest"},
	{"app/login/memstore", "app/login", "logins in memory, for the lab too", "app/login/storetest"},
	{"app/login/inprocess", "app/login app/login/memstore app/key", "the service and its browser in one program, for the page", ""},
	{"app/login/ownerfile", "", "files of secrets, read by their owner only and replaced whole", ""},
	{"app/login/userfile", "app/login app/login/ownerfile argon2", "accounts in a text file; the only place that hashes passwords", ""},
	{"app/login/storetest", "app/login", "what every store must pass; only tests import it", ""},
	{"app/lab/idp", "app/login app/key app/locale jwt", "both halves of OpenID Connect; accounts are those of the login service", ""},
	{"app/site", "app/locale go-app brotli html", "prints the frame that it is handed, compresses, serves", ""},
	{"wasm", "app/ui app/job", "starts the page or the Worker, nothing else", ""},
	{"wasm/without", "", "prints the overlay that the page's program is built with", ""},
	{"wasm/lean", "", "takes files and lines out of the page's program when it is built", ""},
	{"wasm/without/httpproxy", "", "stands in for a package of the toolchain", ""},
	{"wasm/without/regexp", "", "stands in for a package of the toolchain", ""},
	{"wasm/without/template", "", "stands in for a package of the toolchain", ""},
	{"cmd/jwtlab", "app/lab/scenario app/lab/wire app/token app/check app/key app/jws app/jwe app/sdjwt app/dpop app/cookie app/claims app/lint app/verdict app/locale app/job app/ui app/login app/login/memstore app/login/boltstore app/login/redisstore app/login/ownerfile app/login/userfile app/site prometheus netutil", "the one program; the page's frame for site", "app/play app/play/desk jwt"},
}

// modules are the packages of others by the names that the rows use.
var modules = map[string]string{
	"jwt":        "github.com/golang-jwt/jwt/v5",
	"mldsa":      "filippo.io/mldsa",
	"go-app":     "github.com/maxence-charriere/go-app/v9/pkg/app",
	"brotli":     "github.com/andybalholm/brotli",
	"bbolt":      "go.etcd.io/bbolt go.etcd.io/bbolt/errors",
	"redis":      "github.com/redis/go-redis/v9 github.com/redis/go-redis/v9/logging",
	"argon2":     "golang.org/x/crypto/argon2",
	"html":       "golang.org/x/net/html golang.org/x/net/html/atom",
	"netutil":    "golang.org/x/net/netutil",
	"psl":        "golang.org/x/net/publicsuffix",
	"prometheus": "github.com/prometheus/client_golang/prometheus github.com/prometheus/client_golang/prometheus/collectors github.com/prometheus/client_golang/prometheus/promhttp",
}

// tools may be imported by every test: they drive the browser, measure memory, have the published data, and find the words
// for each package's codes.
var tools = []string{"github.com/chromedp/", "jwtlab/app/bound", "jwtlab/app/witness", "jwtlab/app/locale"}

// confined lists parts of the standard library that only some packages may import, tests aside.
var confined = []struct{ prefix, only, why string }{
	{"syscall/js", "app/ui wasm", "all else runs natively, in tests and on the command line"},
	{"net/http", "app/lab/wire app/lab/idp app/lab/scenario app/login app/login/inprocess app/site cmd/jwtlab", "its client alone is megabytes in the program, and nothing typed may leave the page"},
	{"crypto", "app/key app/jws app/jwe app/sdjwt app/dpop app/play/desk app/play app/job app/ui app/login app/login/inprocess app/login/userfile app/lab/idp app/lab/scenario app/site cmd/jwtlab", "reading a token needs none"},
	{"os", "app/witness app/login/boltstore app/login/ownerfile app/login/userfile app/site wasm/without wasm/lean cmd/jwtlab", "what knows no machine can be tested anywhere"},
	{"html/template", "app/site", "templates are megabytes in the program"},
	{"text/template", "", "templates are megabytes in the program"},
}

// A node is what go list tells about a package.
type node struct {
	ImportPath                                  string
	GoFiles, Imports, TestImports, XTestImports []string
}

// TestBoundaries checks the real imports, of the native program and of the page's.
func TestBoundaries(t *testing.T) {
	for _, target := range []string{"", "js/wasm"} {
		nodes, err := list(target, "jwtlab/...")
		if err != nil {
			t.Fatal(err)
		}
		if len(nodes) < len(graph)-1 {
			t.Errorf("go list for %q knows %d packages only", target, len(nodes))
		}
		for _, fault := range faults(nodes) {
			t.Errorf("%s %s", target, fault)
		}
	}
}

// TestBoundariesReport proves that the check above would see what it is there for.
func TestBoundariesReport(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     string
	}{
		{"app/token", "jwtlab/app/key", "app/token imports jwtlab/app/key"},
		{"app/token", "crypto/sha256", "app/token imports crypto/sha256"},
		{"app/claims", "github.com/golang-jwt/jwt/v5", "app/claims imports github.com/golang-jwt/jwt/v5"},
		{"app/play", "jwtlab/app/ui", "app/play imports jwtlab/app/ui"},
		{"app/play/desk", "syscall/js", "app/play/desk imports syscall/js"},
		{"app/jws", "net/http", "app/jws imports net/http"},
		{"app/ui", "golang.org/x/net/html", "app/ui imports golang.org/x/net/html"},
		{"app/util", "fmt", "app/util has no row"},
	} {
		got := faults([]node{{ImportPath: "jwtlab/" + c.from, GoFiles: []string{"a.go"}, Imports: []string{c.to}}})
		if len(got) != 1 || !strings.HasPrefix(got[0], c.want) {
			t.Errorf("%s importing %s is reported as %q, want %q", c.from, c.to, got, c.want)
		}
	}
	allowed := []node{
		{ImportPath: "jwtlab/app/jws", GoFiles: []string{"a.go"}, Imports: []string{"github.com/golang-jwt/jwt/v5", "jwtlab/app/token", "crypto/rsa", "fmt"}},
		{ImportPath: "jwtlab/app/token", GoFiles: []string{"a.go"}, TestImports: []string{"os"}, XTestImports: []string{"jwtlab/app/token"}},
	}
	if got := faults(allowed); len(got) != 0 {
		t.Errorf("what is allowed is reported: %q", got)
	}
}

// native may not be in the page's program at all, not even through a package in between.
var native = []string{"github.com/andybalholm/brotli", "golang.org/x/net/html", "html/template", "net/http/httptest", "jwtlab/app/site", "jwtlab/app/login/userfile", "jwtlab/app/login/ownerfile", "go.etcd.io/bbolt", "github.com/redis/go-redis/v9", "github.com/prometheus/client_golang/prometheus"}

func TestProgramHasNothingNative(t *testing.T) {
	nodes, err := list("js/wasm", "-deps", "jwtlab/wasm")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range nodes {
		if slices.Contains(native, n.ImportPath) {
			t.Errorf("the program of the page has %s in it", n.ImportPath)
		}
	}
}

// list asks the go command for packages, as they are built for a target.
func list(target string, args ...string) ([]node, error) {
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,GoFiles,Imports,TestImports,XTestImports"}, args...)...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if goos, goarch, ok := strings.Cut(target, "/"); ok {
		cmd.Env = append(cmd.Env, "GOOS="+goos, "GOARCH="+goarch)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w\n%s", err, stderr.String())
	}
	var nodes []node
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var n node
		if err := d.Decode(&n); errors.Is(err, io.EOF) {
			return nodes, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading go list: %w", err)
		}
		nodes = append(nodes, n)
	}
}

// TestWithout holds that what the page's program is built without (see wasm/without) has no user there but the one that it
// is left out for.
func TestWithout(t *testing.T) {
	only := map[string]string{
		"regexp":                                 "github.com/maxence-charriere/go-app/v9/pkg/app",
		"text/template":                          "github.com/maxence-charriere/go-app/v9/pkg/app",
		"vendor/golang.org/x/net/http/httpproxy": "net/http",
	}
	nodes, err := list("js/wasm", "-deps", "jwtlab/wasm")
	if err != nil {
		t.Fatal(err)
	}
	met := 0
	for _, n := range nodes {
		for _, imported := range n.Imports {
			want, left := only[imported]
			if !left {
				continue
			}
			if met++; n.ImportPath != want {
				t.Errorf("%s imports %s, which the page's program is built without", n.ImportPath, imported)
			}
		}
	}
	if met != len(only) {
		t.Errorf("%d imports of what is left out, want %d", met, len(only))
	}
}

// faults returns the imports that the tables do not allow.
func faults(nodes []node) []string {
	var all []string
	for _, n := range nodes {
		name := strings.TrimPrefix(n.ImportPath, "jwtlab/")
		if len(n.GoFiles) == 0 {
			continue // nothing but tests, which may use the whole house
		}
		i := slices.IndexFunc(graph, func(r row) bool { return r.pkg == name })
		if i < 0 {
			all = append(all, name+" has no row: say what it may import, and why")
			continue
		}
		r := graph[i]
		for _, to := range n.Imports {
			if !allows(r.may, to) || !trusted(name, to) {
				all = append(all, fmt.Sprintf("%s imports %s (%s)", name, to, r.why))
			}
		}
		for _, to := range slices.Concat(n.TestImports, n.XTestImports) {
			tool := slices.ContainsFunc(tools, func(t string) bool { return strings.HasPrefix(to, t) })
			if to != n.ImportPath && !tool && !allows(r.may+" "+r.tests, to) {
				all = append(all, fmt.Sprintf("a test of %s imports %s (%s)", name, to, r.why))
			}
		}
	}
	return all
}

// allows reports whether a list of rows' names has the package; the standard library always is allowed here.
func allows(may, to string) bool {
	if first, _, _ := strings.Cut(to, "/"); !strings.Contains(first, ".") && first != "jwtlab" {
		return true
	}
	for name := range strings.FieldsSeq(may) {
		if to == "jwtlab/"+name || slices.Contains(strings.Fields(modules[name]), to) {
			return true
		}
	}
	return false
}

// trusted reports whether the package may use this part of the standard library.
func trusted(name, to string) bool {
	for _, c := range confined {
		if to == c.prefix || strings.HasPrefix(to, c.prefix+"/") {
			return slices.Contains(strings.Fields(c.only), name)
		}
	}
	return true
}
