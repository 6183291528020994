package bench_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// owners are what the functions of the program are told apart by: the beginnings of their packages' import paths. The
// longest beginning decides.
var owners = []struct{ name, paths string }{
	{"JWT Lab, the token engine", "jwtlab/app/token jwtlab/app/key jwtlab/app/jws jwtlab/app/jwe jwtlab/app/sdjwt jwtlab/app/claims jwtlab/app/lint jwtlab/app/verdict jwtlab/app/check jwtlab/app/mldsa"},
	{"JWT Lab, the page", "jwtlab main"},
	{"go-app", "github.com/maxence-charriere/go-app"},
	{"google/uuid, of go-app", "github.com/google/uuid"},
	{"golang-jwt", "github.com/golang-jwt/jwt"},
	{"golang.org/x, in the standard library", "vendor/golang.org/x"},
	{"crypto", "crypto"},
	{"math/big", "math/big"},
	{"encoding/json, reflect", "encoding/json reflect internal/fmtsort"},
	{"net, mime", "net mime"},
	{"regexp, text/template", "regexp text/template"},
	{rest, ""},
	{theRuntime, "runtime internal/runtime internal/abi internal/reflectlite sync internal/sync syscall internal/poll os unique internal/bisect internal/godebug"},
}

const (
	theRuntime = "Go runtime, and what the compiler adds"
	rest       = "fmt, strings, time, all other packages"
)

// BenchmarkModules tells what each dependency adds to the page's program: by programs that have one more of them, and
// inside the program by its functions.
func BenchmarkModules(b *testing.B) {
	program := embeddedProgram(b)
	m := dissect(b, program.Body)
	named := dissect(b, build(b, "./wasm", true, "-ldflags="))
	if !bytes.Equal(m.code, named.code) {
		b.Fatal("bin/app.wasm is not of these sources: make build")
	}
	publish(b, "What each dependency weighs", "Each program is built by the same command and has what the one before has, and all of the standard library that this\n"+
		"calls for.\n\n"+table(layers(b, len(program.Brotli))...)+
		"\nInside app.wasm functions are told apart by the names that a build without `-s -w` has; its code is the same, byte for\n"+
		"byte. brotli does not say what a function costs it, so those of each row are compressed by themselves, and the results\n"+
		"scaled to what the file comes to. The data (types, the tables of functions, texts, numbers) cannot be told apart, and\n"+
		"mostly grows with the code.\n\n"+table(shares(b, named, len(program.Brotli))...))
}

// layers weighs programs that have one dependency more each.
func layers(b *testing.B, whole int) [][]string {
	b.Helper()
	rows, before := [][]string{{"program", "br", "adds"}}, 0
	add := func(what string, size int) {
		rows = append(rows, []string{what, figure(float64(size), "B"), figure(float64(size-before), "B")})
		before = size
	}
	for _, l := range []struct{ what, name string }{{"Go alone", "empty"}, {"go-app too", "hello"}, {"golang-jwt too", "floor"}} {
		add(l.what+" (`app/bench/testdata/"+l.name+"`)", len(squeeze(b, build(b, "./app/bench/testdata/"+l.name, true))))
	}
	add("all of ours too: app.wasm", whole)
	return rows
}

// shares weighs the functions of each owner, the heaviest first.
func shares(b *testing.B, m module, whole int) [][]string {
	b.Helper()
	known := imported(b)
	bodies, counts := map[string][]byte{}, map[string]int{}
	for i, name := range m.names {
		o := owner(known, name)
		bodies[o], counts[o] = append(bodies[o], m.functions[i]...), counts[o]+1
	}
	apart := map[string]int{}
	sum := 0
	for name, code := range bodies {
		apart[name] = len(squeeze(b, code))
		sum += apart[name]
	}
	code, data := float64(len(squeeze(b, m.code))), float64(len(squeeze(b, m.data)))
	inFile := float64(whole) / (code + data)
	rows := [][]string{{"owner", "functions", "raw", "br", "of the file"}}
	add := func(name, functions string, raw int, br float64) {
		rows = append(rows, []string{name, functions, figure(float64(raw), "B"), figure(br, "B"), fmt.Sprintf("%.1f %%", 100*br/float64(whole))})
	}
	for _, name := range slices.SortedFunc(maps.Keys(apart), func(x, y string) int { return apart[y] - apart[x] }) {
		add(name, fmt.Sprint(counts[name]), len(bodies[name]), float64(apart[name])/float64(sum)*code*inFile)
	}
	add("data, of all of them", "", len(m.data), data*inFile)
	return rows
}

// imported returns the import paths of all packages in the program, by the names that the linker makes of them.
func imported(b *testing.B) map[string]string {
	b.Helper()
	cmd := exec.Command("go", "list", "-deps", "./wasm")
	cmd.Dir = "../.."
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=js", "GOARCH=wasm")
	out, err := cmd.Output()
	if err != nil {
		b.Fatal(err)
	}
	known := map[string]string{"main": "main"}
	for path := range strings.FieldsSeq(string(out)) {
		known[unnamable.ReplaceAllLiteralString(path, "_")] = path
	}
	return known
}

// unnamable is what Go's linker replaces in the names of functions.
var unnamable = regexp.MustCompile(`[^\w.]`)

// owner returns whose a function is. Its name is that of its package, a dot, and more.
func owner(known map[string]string, function string) string {
	path := ""
	for i, c := range function {
		if p := known[function[:i]]; c == '.' && p != "" {
			path = p
		}
	}
	if path == "" {
		return theRuntime // as the functions that compare types, and those in assembly
	}
	best, name := -1, rest
	for _, o := range owners {
		for start := range strings.FieldsSeq(o.paths) {
			if len(start) > best && (path == start || strings.HasPrefix(path, start+"/")) {
				best, name = len(start), o.name
			}
		}
	}
	return name
}

func TestOwner(t *testing.T) {
	known := map[string]string{"main": "main", "crypto_rsa": "crypto/rsa", "net": "net", "net_http": "net/http", "slices": "slices",
		"vendor_golang.org_x_net_idna": "vendor/golang.org/x/net/idna", "github.com_golang_jwt_jwt_v5": "github.com/golang-jwt/jwt/v5",
		"jwtlab_app_token": "jwtlab/app/token", "jwtlab_app_ui": "jwtlab/app/ui", "internal_runtime_maps": "internal/runtime/maps", "network": "network"}
	for function, want := range map[string]string{
		"main.main": "JWT Lab, the page", "jwtlab_app_ui.__Page_.sync": "JWT Lab, the page", "jwtlab_app_token.Value.Get": "JWT Lab, the token engine", "crypto_rsa.VerifyPSS": "crypto", "net_http.__Header_.Add": "net, mime",
		"network.Dial": rest, "slices.Sort_go.shape.int_": rest, "vendor_golang.org_x_net_idna.ToASCII": "golang.org/x, in the standard library",
		"github.com_golang_jwt_jwt_v5.__SigningMethodHMAC_.Verify": "golang-jwt", "type_.eq.net_http.Cookie": theRuntime, "memcmp": theRuntime,
		"internal_runtime_maps.__Map_.Delete": theRuntime,
	} {
		if got := owner(known, function); got != want {
			t.Errorf("%s is of %s, want %s", function, got, want)
		}
	}
}
