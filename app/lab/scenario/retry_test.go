package scenario_test

import (
	"slices"
	"testing"
)

// TestRetry: what is asked for twice is the same, what is done twice is done twice (RFC 9110 §9.2.2), at whichever replica.
func TestRetry(t *testing.T) {
	r := play(t, `
		setup session/cookie-lax
		replicas 2 shared
		login
		call
		retry
		expect user alice
		transfer bob 10
		retry
		expect status 200`)
	if a, b := r.Messages[r.Steps[1].First-1], r.Messages[r.Steps[2].First-1]; a.URL != b.URL || a.Replica == b.Replica || !slices.Equal(a.Header, b.Header) || b.Why != "retry" {
		t.Errorf("the request went to %d, and again to %d: %+v", a.Replica, b.Replica, b)
	}
	var all []string
	for _, s := range r.State.Servers {
		all = append(all, s.Transfer...)
	}
	if want := []string{"alice → bob: 10", "alice → bob: 10"}; !slices.Equal(all, want) {
		t.Errorf("the transfers are %q, want %q", all, want)
	}
	if r = play(t, "retry\nexpect status 0\n"); len(r.Messages) != 0 {
		t.Errorf("nothing was asked, and %d messages were sent again", len(r.Messages))
	}
}

// TestLifetimes: each is its own, and none is of another's token.
func TestLifetimes(t *testing.T) {
	for _, c := range []struct{ setup, lifetime, until string }{
		{"jwt/localstorage", "access 90s", "90s"},
		{"jwt/localstorage", "session 90s", "5m"},
		{"session/localstorage", "session 2h", "2h"},
		{"session/localstorage", "access 1s", "12h"},
		{"session/cookie-lax", "idle 1h", "12h"},
		{"refresh/localstorage", "refresh 3d", "3d"},
		{"refresh/localstorage", "idle 1s", "30d"},
	} {
		play(t, "lifetime "+c.lifetime+"\nsetup "+c.setup+"\nvisit\nlogin\nattack xss-ride\nexpect accepted\nattack replay-elsewhere\nexpect until "+c.until+"\n")
	}
	play(t, "setup session/cookie-lax\nlifetime idle 5m\nlogin\nwait 299s\ncall\nexpect user alice\nwait 301s\ncall\nexpect status 401\n")
}
