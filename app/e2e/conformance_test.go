package e2e_test

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/login"
	"jwtlab/app/login/memstore"
)

// A conformance is a scenario that is played twice: in the lab, and in Chromium against the same service served natively.
// What came to the servers, what they answered, what scripts could read and what is in the jar must be the same.
type conformance struct {
	name    string
	setup   string // of the shop, as in scenario.ReadSetup
	engine  string // "" allows cookies of third parties, "blocked" does not, "hasty" has a short time for Lax-allowing-unsafe
	trusted string // an origin that the shop trusts
	steps   []step
}

// TestConformance plays all scenarios, those of one engine one after another: they share its servers' addresses.
func TestConformance(t *testing.T) {
	t.Parallel()
	all := slices.Concat(loginConformance, cookieConformance, readingConformance)
	if len(all) < 25 {
		t.Errorf("%d scenarios", len(all))
	}
	t.Logf("%d scenarios", len(all))
	for _, engine := range []string{"", "blocked", "hasty"} {
		t.Run("engine "+engine, func(t *testing.T) {
			t.Parallel()
			e := start(t, engine)
			for _, c := range all {
				if c.engine == engine {
					t.Run(c.name, func(t *testing.T) { c.compare(t, e) })
				}
			}
		})
	}
}

// A world is where steps are played.
type world interface {
	play(step) string      // what is seen of it; empty if there is nothing to see
	exchanges() []exchange // what came to servers since the last call
	jar() []string         // the browser's cookies, in any order
}

func (c *conformance) compare(t *testing.T, e *engine) {
	simulated := transcribe(simulate(t, c), c.steps)
	real := transcribe(e.open(t, c), c.steps)
	if !slices.Equal(simulated, real) {
		t.Errorf("the simulation and Chromium differ:\n%s", beside(simulated, real))
	}
	if testing.Verbose() {
		t.Log(strings.Join(real, "\n"))
	}
}

// transcribe plays steps in a world.
func transcribe(w world, steps []step) []string {
	var tr transcript
	for _, s := range steps {
		tr.write("# " + s.String())
		saw := w.play(s)
		for _, e := range w.exchanges() {
			tr.exchange(e)
		}
		if saw != "" {
			tr.write("  " + saw)
		}
	}
	tr.write("# jar")
	end := len(tr.lines)
	tr.write(w.jar()...)
	slices.Sort(tr.lines[end:]) // by names, not by what is secret
	return tr.lines
}

// choice is the setup.
func (c *conformance) choice(t *testing.T) scenario.Setup {
	t.Helper()
	s, err := scenario.ReadSetup(cmp.Or(c.setup, "session/cookie-lax"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// place is where the shop's script keeps what it is handed.
func (c *conformance) place() string {
	_, storage, _ := strings.Cut(c.setup, "/")
	switch storage, _, _ := strings.Cut(storage, "+"); storage {
	case scenario.LocalStorage:
		return "localStorage"
	case scenario.SessionStorage:
		return "sessionStorage"
	}
	return "memory"
}

// login is the body of a login.
func (c *conformance) login() string {
	mode := "token"
	if strings.HasPrefix(c.setup, scenario.Session) {
		mode = "session"
	} else if strings.Contains(c.setup, "/cookie-") {
		mode = "cookie"
	}
	return fmt.Sprintf(`{"username":"alice","password":"wonderland","mode":%q}`, mode)
}

// servers are those of all origins, by origin: the shop is the login service, and beside it and elsewhere echo answers.
func (c *conformance) servers(t *testing.T, now func() time.Time, chance io.Reader) map[string]http.HandlerFunc {
	t.Helper()
	config := login.Config{
		Now: now, Rand: chance, Store: memstore.New(100), Keys: fixedKeys(t), Accounts: anybody{},
		Policy: scenario.Policy(c.choice(t)), Issuer: theShop, Audience: theShop,
	}
	if c.trusted != "" {
		config.TrustedOrigins = []string{c.trusted}
	}
	service, err := login.New(config)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]http.HandlerFunc{}
	for _, host := range theHosts {
		all["https://"+host], all["http://"+host] = echo, echo
	}
	front := func(w http.ResponseWriter, r *http.Request) {
		if service.Handles(r.URL.Path) {
			service.ServeHTTP(w, r)
		} else {
			echo(w, r)
		}
	}
	all[theShop], all[plain] = front, front
	return all
}

// A sight is what a script sees of a response.
type sight struct {
	Type       string
	Status     int
	Redirected bool
	Names      []string // of the fields of the header
	Body       string
}

func (s sight) String() string {
	if s.Type == "error" {
		return "the script is told of an error"
	}
	return fmt.Sprintf("the script sees %s %d, redirected %t %v %q", s.Type, s.Status, s.Redirected, s.Names, s.Body)
}

// A kept cookie is one in a jar.
type kept struct {
	Name, Value, Domain, Path, SameSite, Partition string
	Secure, HTTPOnly                               bool
}

func (k kept) String() string {
	return fmt.Sprintf("  %s=%s %s%s secure %t http-only %t same-site %q partition %q", k.Name, k.Value, k.Domain, k.Path, k.Secure, k.HTTPOnly, strings.ToLower(k.SameSite), k.Partition)
}
