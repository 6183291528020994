package bench_test

import (
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// What runs natively is measured by the benchmarks of its own packages, which have what this one may not import.

const repeats = "5"

// A result is what one benchmark of another package measured: the medians by unit.
type result struct {
	name   string
	median map[string]float64
}

// run runs the benchmarks of another package.
func run(b *testing.B, pkg, pattern string) []result {
	b.Helper()
	cmd := exec.Command("go", "test", "-run", "^$", "-bench", pattern, "-benchtime", "0.5s", "-count", repeats, pkg)
	cmd.Dir = "../.."
	out, err := cmd.CombinedOutput()
	if err != nil {
		b.Fatalf("benchmarks of %s: %v\n%s", pkg, err, out)
	}
	return results(string(out))
}

// results reads what go test prints, in the order of the names.
func results(out string) (all []result) {
	samples := map[string]map[string][]float64{}
	for line := range strings.Lines(out) {
		fields := strings.Fields(line)
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		_, name, _ := strings.Cut(cores.ReplaceAllString(fields[0], ""), "/")
		if samples[name] == nil {
			samples[name] = map[string][]float64{}
			all = append(all, result{name, map[string]float64{}})
		}
		for pair := range slices.Chunk(fields[2:], 2) {
			if v, err := strconv.ParseFloat(pair[0], 64); err == nil && len(pair) == 2 {
				samples[name][pair[1]] = append(samples[name][pair[1]], v)
			}
		}
	}
	for _, r := range all {
		for unit, list := range samples[r.name] {
			r.median[unit] = median(list)
		}
	}
	return all
}

// cores is what go test puts behind a name if there are several.
var cores = regexp.MustCompile(`-\d+$`)

func TestResults(t *testing.T) {
	got := results("goos: linux\nBenchmarkX/a/b-2  10  3 ns/op  0.5 of-bare\nBenchmarkX/c-keys-2  10  7 ns/op\nBenchmarkX/a/b-2  10  5 ns/op  0.7 of-bare\n" +
		"BenchmarkX/a/b-2  10  4 ns/op  0.9 of-bare\nPASS\nok  \tx\t1.0s\n")
	if fmt.Sprint(got) != "[{a/b map[ns/op:4 of-bare:0.7]} {c-keys map[ns/op:7]}]" {
		t.Errorf("got %v", got)
	}
}

// slowest is what a line of batch jws may take, as a multiple of the bare method: 80 % of its speed.
const slowest = 1 / 0.8

// BenchmarkBatch has the command line's batch jws measured against golang-jwt's bare methods.
func BenchmarkBatch(b *testing.B) {
	rows := [][]string{{"alg", "lines a second", "of the bare method's speed"}}
	verdicts := ""
	for _, r := range run(b, "./cmd/jwtlab", "^BenchmarkBatchJWS$") {
		alg, keys, several := strings.Cut(r.name, "-")
		ofBare := r.median["of-bare"]
		if !(ofBare > 0) {
			b.Fatalf("%s was not measured", r.name)
		}
		if several {
			alg += ", many " + keys
		} else {
			verdicts += judge(alg+", a line ÷ bare Verify", 1/ofBare, slowest, "×", "")
		}
		rows = append(rows, []string{alg, fmt.Sprintf("%.0f", r.median["lines/s"]), fmt.Sprintf("%.0f %%", 100*ofBare)})
	}
	publish(b, "Batch of signatures", "`jwtlab batch jws` on all cores, from JSON Lines in to JSON Lines out, against `SigningMethod.Verify` of golang-jwt over the\n"+
		"same signatures with keys already read and nothing around it, also on all cores, in turns (`BenchmarkBatchJWS` in\n"+
		"`cmd/jwtlab`). All tokens are genuine, with payloads of 95 bytes. HMAC is so fast that reading a line costs more than half\n"+
		"of a bare Verify besides; keying the MAC once for all lines, where golang-jwt does it for each, makes up for that. With\n"+
		"many keys each of 256 tokens has its own, which every turn reads anew when it is first seen.\n\n"+
		table(rows...)+"\n"+verdicts)
}

// BenchmarkDecode has the reading of tokens measured against the standard library's reading of the same payload.
func BenchmarkDecode(b *testing.B) {
	rows := [][]string{{"payload", "token.Parse", "base64 and encoding/json", "ratio"}}
	speed := map[string]float64{}
	for _, r := range run(b, "./app/token", "^BenchmarkDecode$") {
		size, what, _ := strings.Cut(r.name, "/")
		mbs := r.median["MB/s"]
		if !(mbs > 0) {
			b.Fatalf("%s was not measured", r.name)
		}
		if what != "Parse" {
			speed[size] = mbs
			continue
		}
		bytes, err := strconv.ParseFloat(strings.TrimSuffix(size, "B"), 64)
		if err != nil {
			b.Fatal(err)
		}
		rows = append(rows, []string{figure(bytes, "B"), figure(mbs, "MB/s"), figure(speed[size], "MB/s"), figure(mbs/speed[size], "×")})
	}
	publish(b, "Decoding", "A token of header, payload and signature is read natively, on one core, with places, problems, duplicate members and the\n"+
		"text of every number kept; the standard library decodes and unmarshals the payload alone into `any` (`BenchmarkDecode` in\n"+
		"`app/token`). Both are in bytes of the payload.\n\n"+table(rows...))
}
