package cookie

import (
	"strconv"
	"strings"

	"jwtlab/app/check"
)

// A judge collects the reasons for and against one cookie.
type judge struct {
	check.List
	rules *Profile
	scene *scene
}

// store is the storage model (RFC 6265bis §5.7). All that speaks against the cookie is told, not only the first.
func (j *Jar) store(s *scene, text string) Decision {
	v := &judge{rules: &j.Rules, scene: s}
	line := Parse(text, &j.Rules)
	v.Rules, v.Checks = rules, line.Checks
	if !s.url.Network() {
		v.No("cookie.averse", s.url.Scheme)
	}
	c, over := v.cookie(line)
	if !refused(v.Checks) {
		v.domain(line, c)
		v.prefix(line, c)
		v.sameSiteSet(c)
		v.partition(line, c)
		v.overwrite(j, c)
	}
	d := Decision{Cookie: c, Outcome: Refused}
	if !refused(v.Checks) {
		d.Outcome = j.put(v, c, over)
		if !over {
			d.Evicted = j.evict(c)
		}
	}
	if len(d.Evicted) > 0 {
		v.Remark("cookie.evicts", strconv.Itoa(len(d.Evicted)))
	}
	d.Checks = v.Checks
	return d
}

// cookie makes the cookie of a line, and says whether its time is over. Its domain is still to be judged.
func (v *judge) cookie(l *Line) (c *Cookie, over bool) {
	s := v.scene
	c = &Cookie{
		Name: l.Name, Value: l.Value, Domain: s.url.Host, HostOnly: true, Path: l.Path,
		Secure: l.Secure, HTTPOnly: l.HTTPOnly, SameSite: l.SameSite, Priority: l.Priority, Created: s.now, Used: s.now,
	}
	if c.Path == "" {
		c.Path = Octets(DefaultPath(s.url.Path))
	}
	most := int64(maxLifetime)
	if s.script && v.rules.ScriptLifetime > 0 {
		most = v.rules.ScriptLifetime
	}
	c.Expires, over = l.lifetime(s.now, most)
	return c, over
}

// domain judges the Domain attribute. A domain that is a public suffix, or an address, is taken for none if it is the host
// itself.
func (v *judge) domain(l *Line, c *Cookie) {
	host := v.scene.url.Host
	domain := lower(strings.TrimPrefix(l.Domain, "."))
	switch {
	case !isASCII(domain):
		v.No("cookie.domain-ascii", clip(l.Domain))
	case l.Domain == "", domain == "" && !v.rules.DotIsDomain:
	case domain == host:
		c.HostOnly = IsAddress(host) || PublicSuffix(host) == host
	case !DomainMatch(host, domain):
		v.No("cookie.domain-other", clip(domain), host)
	case PublicSuffix(domain) == domain:
		v.No("cookie.domain-suffix", clip(domain))
	default:
		c.Domain, c.HostOnly = domain, false
	}
}

// prefix judges Secure and HttpOnly, and what the name promises. Case does not matter there (RFC 6265bis §5.7), and a
// cookie without a name could pass its value off as one.
func (v *judge) prefix(l *Line, c *Cookie) {
	s := v.scene
	if c.Secure && !s.secure {
		v.No("cookie.secure-set", s.url.Origin())
	}
	if c.HTTPOnly && s.script {
		v.No("cookie.httponly-set")
	}
	prefix := v.prefixOf(string(c.Name))
	secure := c.Secure && (!v.rules.StrictPrefix || s.url.Encrypted())
	code := ""
	switch {
	case c.Name == "":
		if prefix = v.prefixOf(string(c.Value)); prefix != "" {
			code = "cookie.prefix-value"
		}
	case prefix == "":
	case strings.Contains(prefix, "Host") && !(secure && c.HostOnly && l.Path == "/" && (l.Domain == "" || IsAddress(c.Domain) || !v.rules.StrictPrefix)):
		code = "cookie.prefix-host"
	case !secure:
		code = "cookie.prefix-secure"
	case strings.Contains(prefix, "Http") && (!c.HTTPOnly || s.script):
		code = "cookie.prefix-http"
	}
	if code != "" {
		v.No(code, prefix)
	}
}

// prefixOf returns the prefix that a name begins with. The longest stands first.
func (v *judge) prefixOf(name string) string {
	for _, prefix := range []string{"__Host-Http-", "__Http-", "__Host-", "__Secure-"} {
		if hasPrefixFold(name, lower(prefix)) && (v.rules.HTTPPrefix || !strings.Contains(prefix, "Http")) {
			return prefix
		}
	}
	return ""
}

// sameSiteSet judges whether a response from there may set such a cookie.
func (v *judge) sameSiteSet(c *Cookie) {
	if c.SameSite == None && !c.Secure && !v.rules.NoneInsecure {
		v.No("cookie.none-insecure")
	}
	if v.scene.level >= topSafe || v.rules.unrestricted(c) {
		return
	}
	code := "cookie.default-set"
	switch c.SameSite {
	case Strict:
		code = "cookie.strict-set"
	case Lax:
		code = "cookie.lax-set"
	}
	v.No(code)
	if v.scene.schemeless >= topSafe {
		v.No("cookie.schemeful")
	}
}

// unrestricted reports whether a cookie goes to other sites too.
func (p *Profile) unrestricted(c *Cookie) bool {
	return c.SameSite == None || c.SameSite == Default && p.DefaultIsNone
}

// partition judges Partitioned, and cookies of third parties.
func (v *judge) partition(l *Line, c *Cookie) {
	switch {
	case l.Partitioned:
		c.Partition = v.scene.partition
		if !c.Secure {
			v.No("cookie.partition-insecure")
		}
	case v.scene.thirdParty && v.rules.ThirdParty == Blocked:
		v.No("cookie.third-party-set", v.scene.url.Site().String())
	case v.scene.thirdParty && v.rules.ThirdParty == Divided:
		c.Partition = v.scene.partition
	}
}

// overwrite judges whether the cookie would harm one that is better protected.
func (v *judge) overwrite(j *Jar, c *Cookie) {
	for _, d := range j.Cookies {
		switch {
		case d.expired(c.Used):
		case d.same(c) && d.HTTPOnly && v.scene.script:
			v.No("cookie.overwrite-httponly")
		case d.Secure && !c.Secure && !v.scene.secure && d.Name == c.Name && d.Partition == c.Partition &&
			(DomainMatch(c.Domain, d.Domain) || DomainMatch(d.Domain, c.Domain)) && PathMatch(string(c.Path), string(d.Path)):
			v.No("cookie.overwrite-secure", d.Domain, clip(string(d.Path)))
			return
		}
	}
}

// put stores a cookie, or deletes what a cookie would replace whose time is over already. One that replaces another stands
// in its place, as if it were as old (RFC 6265bis §5.7).
func (j *Jar) put(v *judge, c *Cookie, over bool) (o Outcome) {
	at := len(j.Cookies)
	var old *Cookie
	j.keep(func(d *Cookie) bool { return !d.same(c) || !d.expired(c.Used) })
	for i, d := range j.Cookies {
		if d.same(c) {
			at, old = i, d
		}
	}
	code := "cookie.stored"
	o = Stored
	switch {
	case over && old == nil:
		v.Yes("cookie.nothing-deleted")
		return Expired
	case over:
		j.remove([]*Cookie{old})
		v.Yes("cookie.deleted")
		return Deleted
	case old == nil && c.Partition != Partition{}:
		v.Yes("cookie.stored-partition", c.Partition.Top.String())
		j.Cookies = append(j.Cookies, c)
		return Stored
	case old == nil:
		j.Cookies = append(j.Cookies, c)
	case j.Rules.NewValueIsNew && old.Value != c.Value:
		code, o = "cookie.replaced-moved", Replaced
		j.remove([]*Cookie{old})
		j.Cookies = append(j.Cookies, c)
	default:
		code, o = "cookie.replaced", Replaced
		c.Created = old.Created
		j.Cookies[at] = c
	}
	v.Yes(code)
	return o
}
