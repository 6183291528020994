package e2e_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/security"

	"jwtlab/app/login"
	"jwtlab/app/login/memstore"
	"jwtlab/app/site"
)

// A shop is the login service beside the site, as jwtlab serve has them, on localhost.
type shop struct {
	*host
	service *login.Service
	origin  string

	mu   sync.Mutex
	came []string // the requests for a transfer: method and where they say to come from
}

// anybody may log in.
type anybody struct{}

func (anybody) Verify(_ context.Context, name, _ string) (login.Account, error) {
	return login.Account{Name: name, Role: "user"}, nil
}

// openShop opens a shop with a policy: over TLS where its cookies ask for that.
func openShop(t *testing.T, policy login.Policy) *shop {
	t.Helper()
	s := &shop{}
	s.host = newSecureHost(t, policy.Cookie.Secure, http.HandlerFunc(s.serve))
	s.origin = strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
	var err error
	s.service, err = login.New(login.Config{Now: time.Now, Rand: rand.Reader, Store: memstore.New(10_000), Keys: fixedKeys(t), Accounts: anybody{},
		Policy: policy, Issuer: s.origin, Audience: s.origin + "/api"})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// fixedKeys are one key that signs.
func fixedKeys(t *testing.T) login.Keys {
	t.Helper()
	private := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	b64 := base64.RawURLEncoding.EncodeToString
	keys, err := login.ReadKeys(fmt.Sprintf(`{"keys":[{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","kid":"k","x":%q,"d":%q}]}`,
		b64(private.Public().(ed25519.PublicKey)), b64(private.Seed())))
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// newSecureHost is newHost with TLS, or without.
func newSecureHost(t *testing.T, tls bool, h http.Handler) *host {
	t.Helper()
	if !tls {
		return newHost(t, "/", h)
	}
	made := &host{base: "/", handler: h}
	made.Server = httptest.NewUnstartedServer(made)
	made.Config.ErrorLog = log.New(io.Discard, "", 0) // browsers try once before they are told to take any certificate
	made.StartTLS()
	t.Cleanup(made.stop)
	return made
}

func (s *shop) serve(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/api/transfer" {
		s.mu.Lock()
		s.came = append(s.came, r.Method+" "+r.Header.Get("Origin")+" "+r.Header.Get("Sec-Fetch-Site"))
		s.mu.Unlock()
	}
	if s.service.Handles(r.URL.Path) {
		s.service.ServeHTTP(w, r)
		return
	}
	built().ServeHTTP(w, r)
}

// built is the site, once it is asked for.
var built = sync.OnceValue(func() http.Handler {
	embedded, err := site.Embedded()
	if err != nil {
		panic(err)
	}
	files, err := embedded.For(site.Host{Base: "/", Server: true, Demo: true})
	if err != nil {
		panic(err)
	}
	return site.Handler(files)
})

// transfers returns how many requests for a transfer came.
func (s *shop) transfers() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.came)
}

// trusting has a tab take any certificate.
func (p *page) trusting() {
	p.Helper()
	do(p, security.SetIgnoreCertificateErrors, security.SetIgnoreCertificateErrorsParams{Ignore: true})
}

// at goes to an address of any host.
func (p *page) at(address string) {
	p.Helper()
	if r := do(p, navigate, cdppage.NavigateParams{URL: address}); r.ErrorText != "" {
		p.Fatalf("going to %s: %s", address, r.ErrorText)
	}
	p.until("the document of "+address, `document.readyState === "complete"`)
}
