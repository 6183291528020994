package cookie

import (
	"math"
	"strconv"
	"strings"
	"time"

	"jwtlab/app/check"
)

// A Line is what a Set-Cookie field, or an assignment to document.cookie, says (RFC 6265bis §5.6).
type Line struct {
	Name        Octets   `json:"name"`
	Value       Octets   `json:"value"`
	Domain      string   `json:"domain,omitempty"` // as it is written; empty for none
	Path        Octets   `json:"path,omitempty"`   // empty for none, or none that counts
	Secure      bool     `json:"secure,omitempty"`
	HTTPOnly    bool     `json:"http_only,omitempty"`
	Partitioned bool     `json:"partitioned,omitempty"`
	SameSite    SameSite `json:"same_site,omitempty"`
	Priority    Priority `json:"priority,omitempty"`
	// Checks are why the line is no cookie, or remarks about attributes that do not count, the first few of them.
	Checks []check.Check `json:"checks,omitempty"`

	maxAge     int64 // seconds
	expires    time.Time
	hasMaxAge  bool
	hasExpires bool
}

// OK reports whether the line is a cookie, which a jar may refuse nevertheless.
func (l *Line) OK() bool { return !refused(l.Checks) }

// refused reports whether a check is answered with no.
func refused(checks []check.Check) bool {
	for _, c := range checks {
		if c.Answer == check.No {
			return true
		}
	}
	return false
}

// Parse reads one line. It takes memory for a few remarks only, whatever the line's length.
func Parse(line string, p *Profile) *Line {
	r := reader{profile: p, line: &Line{}}
	r.Rules = rules
	pair, attributes, _ := strings.Cut(line, ";")
	name, value, named := strings.Cut(pair, "=")
	if !named {
		name, value = "", pair
	}
	name, value = strings.Trim(name, blank), strings.Trim(value, blank)
	r.line.Name, r.line.Value = Octets(name), Octets(value)
	r.octets(line)
	r.tab(name)
	r.tab(value)
	switch size := len(name) + len(value); {
	case size > maxSize:
		r.No("cookie.too-large", strconv.Itoa(size), strconv.Itoa(maxSize))
	case size == 0:
		r.No("cookie.empty")
	case name == "" && p.RefuseNameless && strings.Contains(value, "="):
		r.No("cookie.nameless-equals")
	}
	for more := attributes != ""; more; {
		var attribute string
		attribute, attributes, more = strings.Cut(attributes, ";")
		name, value, _ := strings.Cut(attribute, "=")
		name, value = strings.Trim(name, blank), strings.Trim(value, blank)
		r.tab(name)
		r.tab(value)
		if len(value) > maxAttribute {
			r.ignore("cookie.ignored-long", clip(name))
		} else if name != "" || value != "" {
			r.attribute(name, value)
		}
	}
	r.line.Checks = r.Checks
	return r.line
}

// A reader is one reading under way.
type reader struct {
	check.List
	profile *Profile
	line    *Line
	tabbed  bool
}

const maxRemarks = 8

// ignore remarks on an attribute that does not count.
func (r *reader) ignore(code string, args ...string) {
	if len(r.Checks) < maxRemarks {
		r.Remark(code, args...)
	}
}

// octets refuses control characters anywhere in the line. The tab is none here.
func (r *reader) octets(line string) {
	for i := range len(line) {
		if c := line[i]; c < ' ' && c != '\t' || c == 0x7f {
			r.No("cookie.control", strconv.FormatInt(int64(c), 16), strconv.Itoa(i))
			return
		}
	}
}

// tab refuses a tab inside a name or a value, for Chromium.
func (r *reader) tab(s string) {
	if r.profile.RefuseTab && !r.tabbed && strings.Contains(s, "\t") {
		r.tabbed = true
		r.No("cookie.tab", clip(s))
	}
}

// attribute reads one attribute. The last one of a name counts.
func (r *reader) attribute(name, value string) {
	l := r.line
	switch name := lower(name); name {
	case "expires":
		t, ok := ParseDate(value, r.profile)
		if !ok {
			r.ignore("cookie.ignored-expires", clip(value))
		}
		if ok || r.profile.LastIsJudged {
			l.expires, l.hasExpires = t, ok
		}
	case "max-age":
		n, ok := r.profile.seconds(value)
		if !ok {
			r.ignore("cookie.ignored-max-age", clip(value))
		}
		if ok || r.profile.LastIsJudged {
			l.maxAge, l.hasMaxAge = n, ok
		}
	case "domain":
		l.Domain = value
	case "path":
		if l.Path = Octets(value); !strings.HasPrefix(value, "/") {
			l.Path = ""
			r.ignore("cookie.ignored-path", clip(value))
		}
	case "secure":
		l.Secure = true
	case "httponly":
		l.HTTPOnly = true
	case "samesite":
		r.sameSite(value)
	default:
		r.extension(name, value)
	}
}

func (r *reader) sameSite(value string) {
	switch s := SameSite(lower(value)); s {
	case Strict, Lax, None:
		r.line.SameSite = s
	default:
		r.line.SameSite = Default
		r.ignore("cookie.ignored-samesite", clip(value))
	}
}

// extension reads attributes that only some engines know.
func (r *reader) extension(name, value string) {
	switch {
	case name == "partitioned" && r.profile.Chips:
		r.line.Partitioned = true
	case name == "priority" && r.profile.Limits.Priority:
		r.line.Priority = ""
		if p := Priority(lower(value)); p == Low || p == High {
			r.line.Priority = p
		}
	default:
		r.ignore("cookie.ignored-unknown", clip(name))
	}
}

// seconds reads Max-Age (RFC 6265bis §5.6.2). What is too large is as large as can be; Chromium reads a plus too, and no
// further than it gets.
func (p *Profile) seconds(value string) (n int64, ok bool) {
	digits := strings.TrimPrefix(value, "-")
	if p.ReadsNumbers && digits == value {
		digits = strings.TrimPrefix(value, "+")
	}
	most := 0
	for most < len(digits) && isDigit(digits[most]) {
		most++
	}
	n, err := strconv.ParseInt(digits[:most], 10, 64)
	if n == 0 && err != nil {
		return 0, false
	}
	if value[0] == '-' {
		n = -n
	}
	return n, most == len(digits) || p.ReadsNumbers && (n == math.MaxInt64 || n == -math.MaxInt64)
}

// lifetime says when the cookie ends, zero for with the session, and whether that is over already. Max-Age beats Expires
// (RFC 6265bis §5.7).
func (l *Line) lifetime(now time.Time, most int64) (expires time.Time, over bool) {
	last := time.Unix(now.Unix()+most, int64(now.Nanosecond())).UTC()
	switch {
	case l.hasMaxAge:
		l.maxAge = min(l.maxAge, most)
		return time.Unix(now.Unix()+l.maxAge, int64(now.Nanosecond())).UTC(), l.maxAge <= 0
	case !l.hasExpires:
		return time.Time{}, false
	case last.Before(l.expires):
		return last, false
	}
	return l.expires, !now.Before(l.expires)
}
