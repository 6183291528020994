package cookie

import (
	"strconv"
	"strings"
)

// A Selection is what of a jar goes with a request, or is shown to a script.
type Selection struct {
	// Field is the value of the Cookie field; empty means that there is none.
	Field Octets `json:"field,omitempty"`
	// Decisions has every cookie of the jar: those sent in their order, then the others.
	Decisions []Decision `json:"decisions"`
}

// choose is the retrieval algorithm (RFC 6265bis §5.8.3). Cookies whose time is over are told once, and are gone then.
func (j *Jar) choose(s *scene) Selection {
	var sent, withheld []Decision
	if !s.url.Network() {
		return Selection{}
	}
	for i, c := range j.Cookies {
		v := &judge{rules: &j.Rules, scene: s}
		v.Rules = rules
		v.judge(c)
		d := Decision{Cookie: c, Outcome: Withheld}
		if !refused(v.Checks) {
			v.sent(c)
			d.Outcome, d.Cookie = Sent, j.use(i, s)
		}
		if d.Checks = v.Checks; d.Outcome == Sent {
			sent = insert(sent, d)
		} else {
			withheld = append(withheld, d)
		}
	}
	j.keep(func(c *Cookie) bool { return !c.expired(s.now) })
	var field strings.Builder
	for i := range sent {
		if i > 0 {
			field.WriteString("; ")
		}
		field.WriteString(sent[i].Cookie.Pair())
	}
	return Selection{Octets(field.String()), append(sent, withheld...)}
}

// use notes that a cookie is used, and returns it as it is then.
func (j *Jar) use(at int, s *scene) *Cookie {
	c := j.Cookies[at]
	if s.now.Unix()-c.Used.Unix() >= j.Rules.Limits.UsedGrain && s.now != c.Used {
		used := *c
		used.Used = s.now
		c = &used
		j.Cookies[at] = c
	}
	return c
}

// insert puts a cookie in its place: longer paths first, then older cookies.
func insert(all []Decision, d Decision) []Decision {
	all = append(all, d)
	for i := len(all) - 1; i > 0; i-- {
		a, b := all[i-1].Cookie, d.Cookie
		if len(a.Path) > len(b.Path) || len(a.Path) == len(b.Path) && !b.Created.Before(a.Created) {
			break
		}
		all[i-1], all[i] = d, all[i-1]
	}
	return all
}

// judge says all that speaks against sending the cookie, or why it is sent. Of one whose time is over, or that belongs to
// other hosts, there is nothing else to say.
func (v *judge) judge(c *Cookie) {
	s := v.scene
	host := s.url.Host
	switch {
	case c.expired(s.now):
		v.No("cookie.expired")
		return
	case c.HostOnly && host != c.Domain:
		v.No("cookie.host-only", c.Domain, host)
		return
	case !DomainMatch(host, c.Domain):
		v.No("cookie.domain", c.Domain, host)
		return
	}
	if !PathMatch(s.url.Path, string(c.Path)) {
		v.No("cookie.path", clip(string(c.Path)), clip(s.url.Path))
	}
	if c.Secure && !s.secure {
		v.No("cookie.secure", s.url.Origin())
	}
	if c.HTTPOnly && s.script {
		v.No("cookie.httponly")
	}
	if !v.rules.allows(c, s, s.level) {
		v.tooFar(c)
	}
	if c.SameSite == None && !c.Secure && !v.rules.NoneInsecure {
		v.No("cookie.none-insecure")
	}
	switch {
	case c.Partition != Partition{}:
		if c.Partition != s.partition {
			v.No("cookie.partition", c.Partition.Top.String())
		}
	case s.thirdParty && v.rules.ThirdParty != Allowed:
		v.No("cookie.third-party", s.partition.Top.String())
	}
}

// allows reports whether SameSite lets the cookie go with a request of such a level.
func (p *Profile) allows(c *Cookie, s *scene, l level) bool {
	switch {
	case p.unrestricted(c):
		return true
	case c.SameSite == Strict:
		return l == sameSite
	case l == topUnsafe:
		return c.SameSite == Default && p.FreshDefault > 0 && s.now.Unix()-c.Created.Unix() <= p.FreshDefault
	}
	return l >= topSafe
}

// tooFar says how SameSite keeps the cookie back.
func (v *judge) tooFar(c *Cookie) {
	s := v.scene
	unsafe := s.level == topUnsafe
	code, arg := "cookie.default", s.method
	switch {
	case c.SameSite == Strict:
		code = "cookie.strict"
	case c.SameSite == Lax && unsafe:
		code = "cookie.lax-method"
	case c.SameSite == Lax:
		code = "cookie.lax"
	case unsafe && v.rules.FreshDefault > 0:
		code, arg = "cookie.default-aged", strconv.Itoa(int(v.rules.FreshDefault))
	case unsafe:
		code = "cookie.default-method"
	}
	v.No(code, arg)
	if v.rules.allows(c, s, s.schemeless) {
		v.No("cookie.schemeful")
	}
}

// sent says why the cookie goes.
func (v *judge) sent(c *Cookie) {
	s := v.scene
	code, arg := "cookie.sent-top-level", s.method
	switch {
	case s.script:
		code = "cookie.read"
	case c.Partition != Partition{}:
		code, arg = "cookie.sent-partition", c.Partition.Top.String()
	case s.level == sameSite:
		code = "cookie.sent-same-site"
	case c.SameSite == None:
		code = "cookie.sent-none"
	case v.rules.unrestricted(c):
		code = "cookie.sent-default"
	case s.level == topUnsafe:
		code, arg = "cookie.sent-fresh", strconv.Itoa(int(v.rules.FreshDefault))
	}
	v.Yes(code, arg)
}
