package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"jwtlab/app/cookie"
	"jwtlab/app/locale"
	"jwtlab/app/token"
)

// cookiesKind is the kind of lines that are about cookies.
const cookiesKind = "cookies"

// cookieProfile adds the flag that says by whose rules cookies are kept.
func (c *call) cookieProfile() *cookie.Profile {
	profile, _ := cookie.ProfileNamed("chromium")
	c.flags.Func("profile", "NAME", func(name string) error {
		named, ok := cookie.ProfileNamed(name)
		if !ok {
			return errors.New("unknown profile")
		}
		profile = named
		return nil
	})
	return &profile
}

// answerCookies plays the steps of a case on an empty jar, and says what was seen last. A case without a time of its own
// starts now.
func answerCookies(now func() time.Time, p cookie.Profile) answerer {
	return func(_ *worker, l *line, out []byte) ([]byte, error) {
		c := cookieCase{jar: cookie.New(p), now: now().UTC()}
		if err := c.setUp(l); err != nil {
			return nil, err
		}
		steps := l.members[memberSteps]
		if steps.Kind() != token.Array {
			return nil, errors.New(`member "steps" is not an array`)
		}
		n := 0
		for step := range steps.Items() {
			n++
			c.step = n
			if err := c.play(step); err != nil {
				return nil, fmt.Errorf("step %d: %w", n, err)
			}
		}
		text, err := json.Marshal(struct {
			Result  any            `json:"result"`
			Reasons []cookieReason `json:"reasons"`
		}{c.result, c.reasons})
		if err != nil {
			return nil, err
		}
		out = append(out, ',')
		return append(out, text[1:len(text)-1]...), nil
	}
}

// A cookieCase is a case under way.
type cookieCase struct {
	jar     *cookie.Jar
	now     time.Time
	step    int
	result  any // of the last step that one sees something in
	reasons []cookieReason
}

// A cookieReason is why a cookie was stored or not, sent or not.
type cookieReason struct {
	Step    int            `json:"step"`
	Cookie  cookie.Octets  `json:"cookie"` // its name
	Outcome cookie.Outcome `json:"outcome"`
	Code    string         `json:"code"`
	Why     string         `json:"why"`
	Ref     string         `json:"ref"`
}

// setUp reads what is said of the whole case.
func (c *cookieCase) setUp(l *line) error {
	now, there, err := l.optional(memberNow)
	if err != nil {
		return err
	}
	if there {
		if c.now, err = time.Parse(time.RFC3339, now); err != nil {
			return fmt.Errorf("member %q is not a time as in 2026-01-31T12:00:00Z", memberNames[memberNow])
		}
	}
	switch kept, there, err := l.optional(memberThirdPartyCookies); {
	case err != nil:
		return err
	case kept == "blocked":
		c.jar.Rules.ThirdParty = cookie.Blocked
	case there && kept != "allowed":
		return fmt.Errorf("member %q is neither blocked nor allowed", memberNames[memberThirdPartyCookies])
	}
	return nil
}

// play does one step.
func (c *cookieCase) play(step token.Value) error {
	switch op := step.Get("op").Text(); op {
	case "set-cookie", "request":
		return c.request(step, op == "set-cookie")
	case "document.cookie":
		return c.script(step)
	case "advance":
		seconds, ok := step.Get("seconds").Float()
		if !ok || seconds < -maxSeconds || seconds > maxSeconds {
			return errors.New(`member "seconds" is no count of seconds`)
		}
		c.now = c.now.Add(time.Duration(seconds * float64(time.Second)))
	case "parse-date":
		c.result = map[string]any{"date": nil}
		if t, ok := cookie.ParseDate(step.Get("value").Text(), &c.jar.Rules); ok {
			c.result = map[string]any{"date": t.Format("Mon, 02 Jan 2006 15:04:05 GMT")}
		}
	case "path-match":
		c.result = map[string]any{"match": cookie.PathMatch(step.Get("request_path").Text(), step.Get("cookie_path").Text())}
	case "default-path":
		c.result = map[string]any{"path": cookie.DefaultPath(pathOf(step))}
	case "domain-match":
		c.result = map[string]any{"match": domainMatch(step.Get("host").Text(), step.Get("domain").Text())}
	case "registrable-domain":
		c.result = map[string]any{"domain": nil}
		if domain, ok := registrable(step.Get("host").Text()); ok {
			c.result = map[string]any{"domain": domain}
		}
	default:
		return fmt.Errorf("no operation is called %q", op)
	}
	return nil
}

// pathOf is the operand of default-path: a path, or a URL.
func pathOf(step token.Value) string {
	for _, name := range []string{"request_path", "path"} {
		if v := step.Get(name); v.Exists() {
			return v.Text()
		}
	}
	u, _ := cookie.ParseURL(step.Get("url").Text())
	return u.Path
}

// domainMatch compares two domains as they come, which have to be brought to their canonical form first. A leading dot is
// that of a Domain attribute.
func domainMatch(host, domain string) bool {
	a, oka := cookie.CanonicalHost(host)
	b, okb := cookie.CanonicalHost(domain)
	return oka && okb && (a == b || cookie.DomainMatch(a, strings.TrimPrefix(b, ".")))
}

// registrable is the registrable domain in the spelling in which the host came.
func registrable(host string) (string, bool) {
	host = strings.ToLower(host)
	canonical, ok := cookie.CanonicalHost(host)
	if !ok {
		return "", false
	}
	domain, ok := cookie.RegistrableDomain(canonical)
	labels := strings.Split(host, ".")
	n := strings.Count(domain, ".") + 1
	return strings.Join(labels[max(len(labels)-n, 0):], "."), ok
}

// script reads or writes document.cookie in a top-level document.
func (c *cookieCase) script(step token.Value) error {
	u, err := cookie.ParseURL(step.Get("url").Text())
	if err != nil {
		return err
	}
	d := cookie.Document{URL: u}
	if value := step.Get("value"); value.Kind() == token.String {
		c.tell(c.jar.Write(d, c.now, value.Text()))
		return nil
	}
	read := c.jar.Read(d, c.now)
	c.tell(read.Decisions...)
	c.result = map[string]any{"document_cookie": read.Field.Text()}
	return nil
}

// tell notes why the cookies were treated so.
func (c *cookieCase) tell(decisions ...cookie.Decision) {
	for _, d := range decisions {
		for _, k := range d.Checks {
			c.reasons = append(c.reasons, cookieReason{
				c.step, d.Cookie.Name, d.Outcome, k.Code, locale.Text(locale.EN, "why."+k.Code, k.Args...), k.Ref,
			})
		}
	}
}
