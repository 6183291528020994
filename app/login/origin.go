package login

import (
	"errors"
	"net/http"
	"net/url"
)

// A lightProtection does what [http.CrossOriginProtection] does, for the program of the page: that one brings a router
// along, and with it the reading of certificates, for ways around it that nobody takes here. A test holds the two to the
// same answers.
type lightProtection struct {
	trusted map[string]bool
}

var errOrigin = errors.New("another origin asks for a change")

// AddTrustedOrigin lets an origin ask for changes.
func (p *lightProtection) AddTrustedOrigin(origin string) error {
	u, err := url.Parse(origin)
	if err != nil || u.Scheme == "" || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.Fragment != "" {
		return errors.New("an origin is a scheme and a host, as in https://app.example")
	}
	if p.trusted == nil {
		p.trusted = map[string]bool{}
	}
	p.trusted[origin] = true
	return nil
}

// Check refuses a change that another origin asks for. Browsers say so in Sec-Fetch-Site, and older ones in Origin; what
// has neither comes from no browser.
func (p *lightProtection) Check(r *http.Request) error {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return nil
	}
	origin := r.Header.Get("Origin")
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return nil
	case "":
		if u, err := url.Parse(origin); origin == "" || err == nil && u.Host == r.Host {
			return nil
		}
	}
	if p.trusted[origin] {
		return nil
	}
	return errOrigin
}
