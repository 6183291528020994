package scenario

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"jwtlab/app/lab/wire"
)

// serves tries what the attacker has got, from the attacker's own machine, and finds out how long it goes on.
func (r *raid) serves() {
	if !r.outcome.Obtained {
		return
	}
	held := slices.Clone(r.outcome.Held) // what is renewed takes the place of what it was
	if r.outcome.Accepted = r.use(held, r.asVictim); r.outcome.Accepted {
		r.list.Yes("scenario.bearer")
		r.outcome.Until = r.until(held, r.asVictim)
	}
}

// A probe asks the service with what is held, and reports whether it took it.
type probe func(w *world, held []Loot) bool

// asVictim asks who one is: the victim, if the service takes what is held.
func (r *raid) asVictim(w *world, held []Loot) bool {
	for _, l := range held {
		if l.Kind != "refresh" && w.whoami(l) == "alice" {
			return true
		}
	}
	return false
}

// use tries what is held, as often as there are replicas that could know it.
func (w *world) use(held []Loot, p probe) bool {
	for range w.replicas {
		if w.useOnce(held, p) {
			return true
		}
	}
	return false
}

// useOnce renews what is held where it can: what was renewed takes the place of what it was.
func (w *world) useOnce(held []Loot, p probe) bool {
	if p(w, held) {
		return true
	}
	for i, l := range held {
		if l.Kind != "refresh" {
			continue
		}
		access, refresh := w.renew(l)
		if access == "" {
			continue
		}
		held[i].Value = refresh
		fresh := Loot{"access", access, "refresh", w.net.Now()}
		return p(w, append([]Loot{fresh}, held...))
	}
	return false
}

// whoami asks the service from the attacker's machine, and returns who it takes them for.
func (w *world) whoami(l Loot) string {
	r := w.thief.Send("GET", shop+"/api/me", w.present(l), "")
	if r.Status != http.StatusOK {
		return ""
	}
	return members(r.Body)["user"]
}

// present is the header that a credential is shown in: as its owner's client does.
func (w *world) present(l Loot) []wire.Field {
	switch {
	case w.setup.Cookies():
		return []wire.Field{{Name: "Cookie", Value: w.cookieName(l.Kind) + "=" + l.Value}}
	case l.Kind == "session":
		return []wire.Field{{Name: "X-Session-Id", Value: l.Value}}
	}
	return []wire.Field{{Name: "Authorization", Value: "Bearer " + l.Value}}
}

// renew gets the next access token with a refresh token, and the refresh token to go on with.
func (w *world) renew(l Loot) (access, refresh string) {
	if w.policy.Refresh != "cookie" {
		got := members(w.thief.Send("POST", shop+"/api/refresh", asJSON, object("refresh_token", l.Value)).Body)
		return got[keyAccess], got[keyRefresh]
	}
	r := w.thief.Send("POST", shop+"/api/refresh", []wire.Field{{Name: "Cookie", Value: w.cookieName("refresh") + "=" + l.Value}}, "")
	access = cmp.Or(cookieIn(r.Header, w.cookieName("access")), members(r.Body)[keyAccess])
	return access, cmp.Or(cookieIn(r.Header, w.cookieName("refresh")), l.Value)
}

const maxProbes = 500

// until runs the clock of another world forward until the service refuses what is held, though it is used in between, and
// returns after how many seconds that was. It goes from one end to the next that the records tell of, and tries just before
// each and, unless that has put it off, at it; where it is refused before an end, it looks for the moment between the two.
func (r *raid) until(held []Loot, p probe) int64 {
	w := r.world
	began, ok := w.net.Now(), []time.Duration{}
	c, mine := w.clone(), slices.Clone(held)
	for range maxProbes {
		end := c.nextEnd(mine)
		if end.IsZero() || end.Sub(began) > longest {
			return Forever
		}
		for _, t := range []time.Time{end.Add(-time.Second), end} {
			c.net.Pass(t.Sub(c.net.Now()))
			if !c.use(mine, p) {
				r.notice(c.told(w.said()))
				return w.between(held, p, ok, t.Sub(began))
			}
			ok = append(ok, t.Sub(began))
			if next := c.nextEnd(mine); next.After(end) {
				break // the use has moved it
			}
		}
	}
	return Forever
}

// between finds the second from which on the service refuses, between the last use that it took and one that it did not.
func (w *world) between(held []Loot, p probe, taken []time.Duration, refused time.Duration) int64 {
	least := time.Duration(0)
	if len(taken) > 0 {
		least = taken[len(taken)-1]
	}
	for refused-least > time.Second {
		middle := (least + (refused-least)/2).Truncate(time.Second)
		if middle == least {
			middle += time.Second
		}
		c, mine, began := w.clone(), slices.Clone(held), w.net.Now()
		for _, t := range taken {
			c.net.Pass(began.Add(t).Sub(c.net.Now()))
			c.use(mine, p)
		}
		c.net.Pass(began.Add(middle).Sub(c.net.Now()))
		if c.use(mine, p) {
			least = middle
		} else {
			refused = middle
		}
	}
	return int64(refused / time.Second)
}

// expiry is the exp of an access token; zero if it has none.
func expiry(token string) time.Time {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return time.Time{}
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	var claims struct {
		Expires int64 `json:"exp"`
	}
	if err != nil || json.Unmarshal(raw, &claims) != nil || claims.Expires == 0 {
		return time.Time{}
	}
	return time.Unix(claims.Expires, 0).UTC()
}

func sum(secret string) [sha256.Size]byte { return sha256.Sum256([]byte(secret)) }

func itoa(n int) string { return strconv.Itoa(n) }
