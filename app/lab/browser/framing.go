package browser

import (
	"strings"

	"jwtlab/app/cookie"
	"jwtlab/app/lab/wire"
)

// framing reports whether a response may be shown in a frame among those documents. Where there is a policy of
// frame-ancestors, X-Frame-Options does not count (CSP3 §6.4.2.2).
func (b *Browser) framing(d *document, response wire.Response, around []cookie.URL) bool {
	var v judge
	self := d.parts()
	policies := ancestorsOf(response.Header)
	for _, sources := range policies {
		for i := range around {
			if !matchesAny(sources, &around[i], &self) {
				v.No("browser.frame-ancestors", around[i].Origin())
				break
			}
		}
	}
	option, ok := wire.Joined(response.Header, "X-Frame-Options")
	if ok && len(policies) == 0 && !optionAllows(option, around, &self) {
		v.No("browser.frame-options", clip(option))
	}
	b.net.Note(response.Message, v.checks...)
	return v.good()
}

// ancestorsOf are the source lists of frame-ancestors; of several directives in one policy the first counts.
func ancestorsOf(header []wire.Field) (lists [][]string) {
	value, _ := wire.Joined(header, "Content-Security-Policy")
	for policy := range strings.SplitSeq(value, ",") {
		for directive := range strings.SplitSeq(policy, ";") {
			words := strings.Fields(directive)
			if len(words) > 0 && strings.EqualFold(words[0], "frame-ancestors") {
				lists = append(lists, words[1:])
				break
			}
		}
	}
	return lists
}

// matchesAny reports whether a source list has an origin in it (CSP3 §6.7.2.5). 'none' and an empty list match nothing.
func matchesAny(sources []string, u, self *cookie.URL) bool {
	for _, s := range sources {
		switch lower := strings.ToLower(s); {
		case lower == "*":
			if u.Network() {
				return true
			}
		case lower == "'self'":
			if u.SameOrigin(self) {
				return true
			}
		case strings.HasSuffix(lower, ":"):
			if schemeFits(strings.TrimSuffix(lower, ":"), u.Scheme) {
				return true
			}
		case !strings.HasPrefix(lower, "'"):
			if hostFits(lower, u, self) {
				return true
			}
		}
	}
	return false
}

// schemeFits reports whether a URL's scheme is the one, or the same with encryption (CSP3 §6.7.2.9).
func schemeFits(want, scheme string) bool {
	return want == scheme || want == "http" && scheme == "https"
}

// hostFits matches a host-source, as in "https://*.shop.example:*" (CSP3 §6.7.2.8).
func hostFits(source string, u, self *cookie.URL) bool {
	scheme, rest, ok := strings.Cut(source, "://")
	if !ok {
		scheme, rest = self.Scheme, source
	}
	rest, _, _ = strings.Cut(rest, "/")
	host, port, _ := strings.Cut(rest, ":")
	suffix, wild := strings.CutPrefix(host, "*")
	switch {
	case !u.Network(), !schemeFits(scheme, u.Scheme):
		return false
	case wild && !strings.HasSuffix(u.Host, suffix), !wild && u.Host != host:
		return false
	}
	standard := map[string]string{"http": "80", "https": "443"}
	own := u.Port
	if own == "" {
		own = standard[u.Scheme]
	}
	if port == "" {
		return u.Port == "" // that of the scheme, or of its encrypted one
	}
	return port == "*" || port == own || port == "80" && own == "443" && u.Scheme == "https"
}

// optionAllows judges X-Frame-Options (HTML §7.6.3): fields that contradict each other deny, and what nobody knows says nothing.
func optionAllows(value string, around []cookie.URL, self *cookie.URL) bool {
	options := map[string]bool{}
	for _, o := range list(value) {
		options[o] = true
	}
	switch {
	case len(options) > 1 && (options["deny"] || options["sameorigin"] || options["allowall"]), options["deny"]:
		return false
	case options["sameorigin"]:
		for i := range around {
			if !around[i].SameOrigin(self) {
				return false
			}
		}
	}
	return true
}
