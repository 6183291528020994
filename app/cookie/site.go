package cookie

// A Site is a scheme and a registrable domain (RFC 6265bis §5.2): what may be run by one owner. The zero value is that of
// an opaque origin, which is the same as no other. ws and wss count as http and https.
type Site struct {
	Scheme string `json:"scheme"`
	Domain string `json:"domain"` // the whole host if that is an address or a public suffix
}

// Site returns the site of the URL.
func (u *URL) Site() Site {
	if !u.Network() {
		return Site{}
	}
	s := Site{"http", u.Host}
	if u.Encrypted() {
		s.Scheme = "https"
	}
	if domain, ok := RegistrableDomain(u.Host); ok {
		s.Domain = domain
	}
	return s
}

// String is the site as a URL; "null" for that of an opaque origin.
func (s Site) String() string {
	if s.Domain == "" {
		return "null"
	}
	return s.Scheme + "://" + s.Domain
}

// same reports whether both are one site. Without schemes http and https are one.
func (s Site) same(t Site, schemeless bool) bool {
	return s.Domain != "" && s.Domain == t.Domain && (schemeless || s.Scheme == t.Scheme)
}

// SameSite reports whether two URLs are same-site, their schemes too.
func (u *URL) SameSite(v *URL) bool { return u.Site().same(v.Site(), false) }

// A Document is where a script runs or a request comes from.
type Document struct {
	URL    URL   `json:"url"`
	Around []URL `json:"around,omitempty"` // the documents that it is framed by, the nearest first; none is a top-level document
}

// sitesOf are the sites of the documents.
func sitesOf(documents []URL) []Site {
	sites := make([]Site, len(documents))
	for i := range documents {
		sites[i] = documents[i].Site()
	}
	return sites
}

// siteForCookies is the site whose cookies with SameSite a chain of documents may have: that of the last, which is the
// top-level one, if all others are same-site with it (RFC 6265bis §5.2.1).
func siteForCookies(documents []Site, schemeless bool) Site {
	top := documents[len(documents)-1]
	for _, s := range documents {
		if !s.same(top, schemeless) {
			return Site{}
		}
	}
	return top
}
