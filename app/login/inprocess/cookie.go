package inprocess

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// kept is a cookie of the service in the jar. There is one host only, by https, so name and path tell cookies apart.
type kept struct {
	name, value, path string
	script            bool      // scripts may read it
	until             time.Time // zero: until the browser ends
}

// keep stores a cookie as the line says, or removes it (RFC 6265bis §5.7).
func (b *Browser) keep(line string) {
	k, err := http.ParseSetCookie(line)
	if err != nil {
		return
	}
	c := kept{name: k.Name, value: k.Value, path: k.Path, script: !k.HttpOnly}
	if c.path == "" {
		c.path = "/"
	}
	if k.MaxAge > 0 {
		c.until = b.now().Add(time.Duration(k.MaxAge) * time.Second)
	}
	at := slices.IndexFunc(b.cookies, func(o kept) bool { return o.name == c.name && o.path == c.path })
	switch {
	case k.MaxAge < 0 && at >= 0:
		b.cookies = slices.Delete(b.cookies, at, at+1)
	case k.MaxAge < 0:
	case at >= 0:
		b.cookies[at] = c
	default:
		b.cookies = append(b.cookies, c)
	}
}

// line is the Cookie header for a path, empty for none (RFC 6265bis §5.8.3): longer paths first.
func (b *Browser) line(path string) string {
	return b.join(func(c kept) bool { return matches(path, c.path) })
}

// Script is what document.cookie tells a script of the page.
func (b *Browser) Script() string {
	return b.join(func(c kept) bool { return c.script && matches("/", c.path) })
}

func (b *Browser) join(belongs func(kept) bool) string {
	now := b.now()
	b.cookies = slices.DeleteFunc(b.cookies, func(c kept) bool { return !c.until.IsZero() && !now.Before(c.until) })
	sorted := slices.Clone(b.cookies)
	slices.SortStableFunc(sorted, func(a, b kept) int { return len(b.path) - len(a.path) })
	var pairs []string
	for _, c := range sorted {
		if belongs(c) {
			pairs = append(pairs, c.name+"="+c.value)
		}
	}
	return strings.Join(pairs, "; ")
}

// matches is the rule of paths (RFC 6265bis §5.1.4).
func matches(request, cookie string) bool {
	return request == cookie || strings.HasPrefix(request, cookie) && (strings.HasSuffix(cookie, "/") || request[len(cookie)] == '/')
}
