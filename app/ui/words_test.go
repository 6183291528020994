package ui_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strings"
	"testing"

	"jwtlab/app/jwe"
	"jwtlab/app/key"
	"jwtlab/app/locale"
	"jwtlab/app/play/client"
	"jwtlab/app/play/lab"
	tokens "jwtlab/app/token"
)

// constants are the values of all constants of a type in a package, as its files declare them: a list that nobody can
// forget to bring up to date.
func constants(t *testing.T, dir, typ string) (values []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), dir+"/"+e.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 {
				name, _ := v.Type.(*ast.Ident)
				text, _ := v.Values[0].(*ast.BasicLit)
				if name != nil && name.Name == typ && text != nil {
					values = append(values, strings.Trim(text.Value, `"`))
				}
			}
			return true
		})
	}
	return values
}

// TestEveryNameHasWords holds the catalogue to the names that the page puts behind a prefix.
func TestEveryNameHasWords(t *testing.T) {
	forms, parts := constants(t, "../token", "Form"), constants(t, "../token", "Part")
	for prefix, names := range map[string][]string{
		"ui.found.":      tokens.Places(),
		"ui.form.":       forms,
		"ui.form.good.":  forms,
		"ui.part.":       parts,
		"ui.shape.":      append(constants(t, "../token", "Shape"), ""),
		"ui.severity.":   constants(t, "../token", "Severity"),
		"ui.choice.":     constants(t, "../check", "Answer"),
		"answer.":        constants(t, "../check", "Answer"),
		"ui.convert.as.": key.Formats(),
		"client.action.": client.Actions(),
		"client.mode.":   constants(t, "../login", "Mode"),
		"client.until.":  constants(t, "../login", "Mode"),
		"lab.mode.":      constants(t, "../login", "Mode"),
		"lab.cookie.":    constants(t, "../cookie", "Outcome"),
		"lab.group.":     append(lab.Kinds(), "user", "attacker", "more", "world"),
		"lab.pair.":      {"outcome", "found", "until", "noticed", "why"},
		"lab.next.":      {"no-framing", "bind", "denylist", "rotation"},
		"lab.grade.":     {"good", "warn", "bad", "none"},
		"lab.cell.":      {"good", "warn", "bad", "none"},

		"lab.cookie.goes.": {"strict", "lax", "none", "default"},
		"lab.item.until.":  {"localStorage", "sessionStorage", "memory"},
	} {
		if len(names) < 2 {
			t.Errorf("%s: only the names %q were found", prefix, names)
		}
		for _, name := range names {
			for _, l := range locale.Langs() {
				if !locale.Has(l, prefix+name) {
					t.Errorf("%s: no words for %s", l, prefix+name)
				}
			}
		}
	}
}

// TestEveryIDHasWords looks up every id that stands as a whole in the source of the page and of the desk.
func TestEveryIDHasWords(t *testing.T) {
	whole := regexp.MustCompile(`\bt\("([a-z][a-zA-Z0-9._-]*[a-z0-9])"[,)]`)
	noticed := regexp.MustCompile(`(?:notice\(|Noticed\{ID: |answer\(|Tell\{)"([a-z-]+)"`)
	suggested := regexp.MustCompile(`Suggestion\{"([a-z-]+)"`)
	found := map[string]bool{}
	for _, dir := range []string{".", "../play/desk", "../play/client", "../play/lab"} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
				continue
			}
			source, err := os.ReadFile(dir + "/" + e.Name())
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range whole.FindAllStringSubmatch(string(source), -1) {
				found[m[1]] = true
			}
			for _, m := range noticed.FindAllStringSubmatch(string(source), -1) {
				found["ui.notice."+m[1]] = true
			}
			for _, m := range suggested.FindAllStringSubmatch(string(source), -1) {
				found["lab.next."+m[1]] = true
			}
		}
	}
	if len(found) < 80 {
		t.Errorf("only %d ids were found", len(found))
	}
	for id := range found {
		for _, l := range locale.Langs() {
			if !locale.Has(l, id) {
				t.Errorf("%s: no words for %s", l, id)
			}
		}
	}
}

// TestEncryptedIsNotSigned looks for signatures in what is said of the forms that have none.
func TestEncryptedIsNotSigned(t *testing.T) {
	ids := []string{"problem.token.unprotected", "ui.header.sub.jwe", "ui.form.good.jwe", "ui.form.good.jwe-json", "ui.notice.generated-jwe", "summary.encrypted", "summary.put-off"}
	for _, l := range locale.Langs() {
		for _, id := range ids {
			if text := locale.Text(l, id, "1"); strings.Contains(strings.ToLower(text), "sign") || strings.Contains(text, "서명") {
				t.Errorf("%s: %s: %s", l, id, text)
			}
		}
		for _, a := range jwe.Algorithms() {
			if text := locale.Text(l, "ui.notice.generated-jwe", a.Name); !strings.Contains(text, a.Name) {
				t.Errorf("%s: %s", l, text)
			}
		}
	}
}

// TestEveryLineHasWords holds that whatever a button or a key of the lab adds to the script is said in words.
func TestEveryLineHasWords(t *testing.T) {
	var lines []string
	for _, g := range append(lab.Moves(), lab.Attacks()...) {
		lines = append(lines, g.Lines...)
	}
	for _, k := range lab.Keys() {
		if k.Line != "" {
			lines = append(lines, k.Line)
		} else if !locale.Has(locale.EN, "lab.key."+k.Name) {
			t.Errorf("no words for the key %q", k.Key)
		}
	}
	for _, kind := range []string{"cookie", "item", "login", "loot"} {
		lines = append(lines, lab.Deeds(kind)...)
	}
	for _, line := range append(lines, lab.Times...) {
		verb, rest, _ := strings.Cut(line, " ")
		for _, l := range locale.Langs() {
			whole := strings.ReplaceAll(line, " ", "-")
			if !locale.Has(l, "lab.line."+whole) && !(rest != "" && locale.Has(l, "lab.line."+verb+".of")) && !(verb == "attack" && locale.Has(l, "scenario.attack."+rest)) {
				t.Errorf("%s: no words for %q", l, line)
			}
		}
	}
}
