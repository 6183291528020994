package scenario_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/locale"
	"jwtlab/app/witness"
)

// TestEveryIDHasWords holds the catalogue to the lab, both ways: each name and each reason has its words, in every language, and
// there are no words besides.
func TestEveryIDHasWords(t *testing.T) {
	own := slices.Concat(witness.IDs("why", scenario.Codes()), witness.IDs("check", scenario.Names()), []string{"scenario.error.line"})
	for kind, names := range map[string][]string{
		"credential": scenario.Credentials(), "storage": scenario.Storages(), "defence": scenario.Defences(), "attack": scenario.Attacks(),
	} {
		for _, n := range names {
			own = append(own, "scenario."+kind+"."+n, "scenario."+kind+"."+n+".what")
		}
	}
	for _, e := range scenario.Examples() {
		own = append(own, "scenario.example."+e.Name)
	}
	for _, code := range errorCodes(t) {
		own = append(own, "scenario.error."+code)
	}
	for _, l := range locale.Langs() {
		for _, id := range own {
			if !locale.Has(l, id) {
				t.Errorf("%s: no words for %s", l, id)
			}
		}
		for _, id := range locale.IDs(l) {
			ours := strings.HasPrefix(id, "scenario.") || strings.HasPrefix(id, "why.scenario.") || strings.HasPrefix(id, "check.scenario-")
			if ours && !slices.Contains(own, id) {
				t.Errorf("%s: words for %s, which nobody gives", l, id)
			}
		}
	}
}

// errorCodes are those of all errors that the source makes.
func errorCodes(t *testing.T) (codes []string) {
	t.Helper()
	for _, m := range regexp.MustCompile(`LineError\{(?:Code: |[a-zA-Z.0-9]+, )"([a-z-]+)"`).FindAllStringSubmatch(witness.Source(t, ""), -1) {
		if !slices.Contains(codes, m[1]) {
			codes = append(codes, m[1])
		}
	}
	return codes
}

// TestEveryReasonIsGiven holds the list of reasons to the code: none more, none less.
func TestEveryReasonIsGiven(t *testing.T) {
	source := witness.Source(t, "reasons.go")
	witness.Given(t, source, scenario.Codes())
	for _, m := range regexp.MustCompile(`"(scenario\.[a-z-]+)"`).FindAllStringSubmatch(source, -1) {
		if !slices.Contains(scenario.Codes(), m[1]) {
			t.Errorf("%s has no rule", m[1])
		}
	}
}

// wrong are scripts whose last line is wrong, by the code of the error.
var wrong = map[string][]string{
	"verb":           {"login\nsteal", "setup jwt/memory\n\nlog in", "\x00", "é"},
	"late":           {"login\nsetup jwt/memory", "call\nclient app", "expect user nobody\nseed 1"},
	"usage":          {"login alice bob", "transfer bob", "setup", "expect", "expect until", "expect applies now", "reload now", "lifetime access", "retry 2"},
	"choice":         {"login eve", "attack guess", "expect fame", "expect not", "client phone", "page https://evil.example", "replicas 2 mine", "change-network work", "third-party maybe", "profile lynx", "sso evil", "lifetime cookie 5m"},
	"setup-unknown":  {"setup cookie", "setup jwt/tattoo", "setup jwt/memory+magic", "setup jwt/memory+", "setup /", "setup magic/memory"},
	"setup-together": {"setup session/memory-refresh-cookie", "setup jwt/memory-refresh-cookie+bind"},
	"number":         {"seed one", "seed -1", "replicas 0", "replicas 9", "pin 9", "expect status 600", "expect status ok", "seed 99999999999999999999"},
	"origin":         {"trust shop", "trust https://shop.example/", "trust https://", "trust *", "trust https://user@shop.example"},
	"duration":       {"wait long", "wait 0s", "wait -1s", "wait 401d", "wait 99999999d", "expect until tomorrow", "wait 1e9h", "lifetime access 0s", "lifetime idle 1.5s", "lifetime session 401d", "lifetime refresh x"},
	"long":           {strings.Repeat("#", 300<<10)},
	"lines":          {strings.Repeat("call\n", 5_001)},
	"failed":         nil, // no line of a script is known to come to it
}

// TestLineErrors: each error says in which line it is, and what was to be there, in words of both languages.
func TestLineErrors(t *testing.T) {
	for _, code := range errorCodes(t) {
		if _, ok := wrong[code]; !ok {
			t.Errorf("no script has the error %s", code)
		}
	}
	for code, scripts := range wrong {
		for _, script := range scripts {
			_, err := scenario.Read(script)
			e, ok := err.(*scenario.LineError)
			if !ok || e.Code != code {
				t.Errorf("%.60q: %v, want the code %s", script, err, code)
				continue
			}
			line := strings.Count(script, "\n") + 1
			if code == "lines" {
				line-- // the last one is empty
			}
			if e.Line != line {
				t.Errorf("%.60q: line %d, want %d", script, e.Line, line)
			}
			spoken(t, e)
		}
	}
}

// spoken holds that an error is a sentence in every language, with all that it has to say in its place.
func spoken(t *testing.T, e *scenario.LineError) {
	t.Helper()
	const holes = "{}⟨⟩" // that words leave where something is missing
	said, odd := map[string]bool{}, strings.ContainsAny(strings.Join(e.Args, ""), holes)
	for _, l := range locale.Langs() {
		text := e.Words(l)
		if text == "" || strings.ContainsAny(text, holes) && !odd || said[text] || len(text) > 2_000 {
			t.Errorf("%s: %s %q: %q", l, e.Code, e.Args, text)
		}
		said[text] = true
	}
	if e.Error() != e.Words(locale.EN) {
		t.Errorf("%q is not %q", e.Error(), e.Words(locale.EN))
	}
}
