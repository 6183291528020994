package cookie_test

import (
	"flag"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/publicsuffix"

	"jwtlab/app/cookie"
)

var update = flag.Bool("update", false, "write suffixes.txt anew")

// A node is a label of the Public Suffix List.
type node struct {
	rule  bool
	below map[string]*node
}

// add takes in a rule as the list has it, as in "!city.kobe.jp".
func (n *node) add(rule string) {
	rule, exception := strings.CutPrefix(rule, "!")
	labels := strings.Split(rule, ".")
	if exception {
		labels[0] = "!" + labels[0]
	}
	for _, label := range slices.Backward(labels) {
		if n.below == nil {
			n.below = map[string]*node{}
		}
		if n.below[label] == nil {
			n.below[label] = &node{}
		}
		n = n.below[label]
	}
	n.rule = true
}

// write writes the branches below the label, as suffix.go tells.
func (n *node) write(b *strings.Builder) {
	for i, label := range slices.Sorted(maps.Keys(n.below)) {
		below := n.below[label]
		if i > 0 && !strings.HasSuffix(b.String(), ")") {
			b.WriteByte(' ')
		}
		if !below.rule {
			b.WriteByte('.')
		}
		b.WriteString(label)
		if len(below.below) > 0 {
			b.WriteByte('(')
			below.write(b)
			b.WriteByte(')')
		}
	}
}

// hosters are the domains whose private rules we carry beside all of ICANN's: where people put pages and services, or find
// them in lessons. All private rules would be 10 kB more of brotli.
const hosters = `amazonaws.com elasticbeanstalk.com cloudfront.net amplifyapp.com appspot.com blogspot.com cloudfunctions.net
	firebaseapp.com run.app web.app translate.goog azurewebsites.net cloudapp.net windows.net azurestaticapps.net herokuapp.com
	github.io githubusercontent.com github.dev gitlab.io pages.dev workers.dev netlify.app vercel.app vercel.dev now.sh
	onrender.com fly.dev railway.app up.railway.app deno.dev glitch.me repl.co replit.dev replit.app surge.sh ngrok.io ngrok.app
	ngrok.dev ngrok-free.app ngrok-free.dev readthedocs.io neocities.org webcontainer.io csb.app myshopify.com wixsite.com
	wordpress.com duckdns.org dyndns.org ddns.net sslip.io eu.org uk.com us.com eu.com de.com co.com gb.net uk.net
	digitaloceanspaces.com ondigitalocean.app supabase.co hf.space streamlit.app cafe24.com cloudtype.app notion.site`

// rules are what we carry of the list that golang.org/x/net was made from, in A-labels: its own tests have it.
func rules(t *testing.T) []string {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/net").Output()
	if err != nil {
		t.Fatalf("finding golang.org/x/net: %v", err)
	}
	text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "publicsuffix", "table_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	list, _, _ := strings.Cut(string(text), "var nodeLabels")
	var all []string
	for _, m := range regexp.MustCompile(`(?m)^\t"([^"]+)",$`).FindAllStringSubmatch(list, -1) {
		_, icann := publicsuffix.PublicSuffix("a." + strings.NewReplacer("*", "a", "!", "").Replace(m[1]))
		labels := strings.Split(m[1], ".")
		host := strings.Join(labels[max(len(labels)-2, 0):], ".")
		if icann || slices.Contains(strings.Fields(hosters), host) || strings.HasPrefix(m[1], "!") {
			all = append(all, m[1])
		}
	}
	if len(all) < 6900 {
		t.Fatalf("only %d rules are there", len(all))
	}
	return all
}

// TestSuffixesAreCurrent holds our list to that of the module: whoever updates golang.org/x/net runs this with -update.
func TestSuffixesAreCurrent(t *testing.T) {
	var root node
	for _, rule := range rules(t) {
		root.add(rule)
	}
	var b strings.Builder
	for _, top := range slices.Sorted(maps.Keys(root.below)) {
		if n := root.below[top]; len(n.below) > 0 {
			b.WriteString(top + "(")
			n.write(&b)
			b.WriteString(")\n")
		}
	}
	if *update {
		if err := os.WriteFile("suffixes.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile("suffixes.txt")
	if err != nil || string(text) != b.String() {
		t.Errorf("suffixes.txt is not the list of golang.org/x/net; run go test ./app/cookie -run Suffixes -update (%v)", err)
	}
}

// TestSuffixesAgree compares every rule, and what is beside, above and below it, with golang.org/x/net/publicsuffix. What
// is there a suffix by a private rule that we do not carry is left out.
func TestSuffixesAgree(t *testing.T) {
	carried := map[string]bool{}
	for _, rule := range rules(t) {
		carried[rule] = true
	}
	hosts := []string{"com", "example", "a.example", "b.a.example", "localhost", "x.y.z.unknown"}
	for _, rule := range rules(t) {
		rule = strings.TrimPrefix(rule, "!")
		for _, label := range []string{"x", "ide", "www", "city"} {
			name := strings.ReplaceAll(rule, "*", label)
			_, above, _ := strings.Cut(name, ".")
			hosts = append(hosts, name, "a."+name, "b.a."+name, "zz."+above)
		}
	}
	for _, host := range hosts {
		if host = strings.Trim(host, "."); host == "" {
			continue
		}
		want, icann := publicsuffix.PublicSuffix(host)
		_, above, _ := strings.Cut(want, ".")
		if !icann && strings.Contains(want, ".") && !carried[want] && !carried["*."+above] {
			continue
		}
		if got := cookie.PublicSuffix(host); got != want {
			t.Fatalf("the suffix of %s is %s, want %s", host, got, want)
		}
		domain, err := publicsuffix.EffectiveTLDPlusOne(host)
		if got, ok := cookie.RegistrableDomain(host); got != domain || ok != (err == nil) {
			t.Fatalf("the registrable domain of %s is %q, want %q", host, got, domain)
		}
	}
	t.Logf("%d hosts", len(hosts))
}

func TestRegistrableDomain(t *testing.T) {
	for _, c := range []struct{ host, want string }{
		{"", ""}, {".", ""}, {"..", ""}, {"a..com", ""}, {".a.com", ""}, {"com.", ""},
		{"a.com.", "a.com."}, {"b.a.com.", "a.com."}, {"192.0.2.7", ""}, {"::1", ""}, {"1.2.3", "2.3"},
		{"a.github.io", "a.github.io"}, {"github.io", ""}, {"www.shop.example", "shop.example"},
	} {
		if got, _ := cookie.RegistrableDomain(c.host); got != c.want {
			t.Errorf("%q: got %q, want %q", c.host, got, c.want)
		}
	}
}

func FuzzSuffix(f *testing.F) {
	for _, host := range []string{"", ".", "a.b.kobe.jp", "www.ck", "x.compute.amazonaws.com", "a.com.", "))((. ", "!www.ck", "*.ck"} {
		f.Add(host)
	}
	f.Fuzz(func(t *testing.T, host string) {
		suffix := cookie.PublicSuffix(host)
		if !strings.HasSuffix(host, suffix) {
			t.Errorf("%q is no end of %q", suffix, host)
		}
		domain, ok := cookie.RegistrableDomain(host)
		if ok && (!strings.HasSuffix(host, domain) || !strings.HasSuffix(domain, "."+suffix)) {
			t.Errorf("%q of %q, suffix %q", domain, host, suffix)
		}
		if again, ok2 := cookie.RegistrableDomain(domain); ok && (!ok2 || again != domain) {
			t.Errorf("%q is not its own registrable domain: %q", domain, again)
		}
	})
}
