package cookie_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jwtlab/app/cookie"
)

// fill sets so many cookies, a second apart, and returns all that had to go.
func fill(t *testing.T, j *cookie.Jar, u, name, more string, n int) (gone []*cookie.Cookie) {
	t.Helper()
	r := open(t, u)
	for i := range n {
		r.Now = noon.Add(time.Duration(i) * time.Second)
		d := j.Set(r, fmt.Sprintf("%s%d=1%s", name, i, more))
		if d.Outcome != cookie.Stored {
			t.Fatalf("cookie %d is %s: %s", i, d.Outcome, codes(d))
		}
		gone = append(gone, d.Evicted...)
	}
	return gone
}

func count(j *cookie.Jar, prefix string) (n int) {
	for _, c := range j.Cookies {
		if strings.HasPrefix(string(c.Name), prefix) {
			n++
		}
	}
	return n
}

func TestLimitOfDomain(t *testing.T) {
	const u = "https://shop.example/"
	for _, c := range []struct {
		profile   string
		n, left   int
		goneFirst string
	}{{"chromium", 180, 180, ""}, {"chromium", 181, 150, "a0"}, {"firefox", 181, 150, "a0"}, {"draft", 51, 50, "a0"}, {"safari", 601, 600, "a0"}} {
		j := cookie.New(profile(t, c.profile))
		gone := fill(t, j, u, "a", "", c.n)
		if len(j.Cookies) != c.left || len(gone) != c.n-c.left {
			t.Errorf("%s: of %d cookies %d are left and %d are gone, want %d left", c.profile, c.n, len(j.Cookies), len(gone), c.left)
		}
		if c.goneFirst != "" && string(gone[0].Name) != c.goneFirst {
			t.Errorf("%s: %s goes first, want %s", c.profile, gone[0].Name, c.goneFirst)
		}
	}
}

// TestFloods: what an attacker on http, or on a sibling domain, can push out.
func TestFloods(t *testing.T) {
	for _, c := range []struct {
		name, keep, flood string
		left              bool
	}{
		{"others push out what is not Secure", "", "", false},
		{"and not what is Secure", "; Secure", "", true},
		{"unless they are Secure too", "; Secure", "; Secure", false},
		{"or it has the lowest priority", "; Secure; Priority=Low", "", true}, // thirty of those stay
		{"a high priority helps", "; Priority=High", "", true},
	} {
		j := jar(t, "chromium", "https://shop.example/", "keep=1"+c.keep)
		fill(t, j, "https://evil.shop.example/", "flood", "; Domain=shop.example"+c.flood, 200)
		if (count(j, "keep") == 1) != c.left {
			t.Errorf("%s: left %v of %d", c.name, count(j, "keep") == 1, len(j.Cookies))
		}
	}
}

// TestLeastRecentlyUsed: who was sent lately stays.
func TestLeastRecentlyUsed(t *testing.T) {
	const u = "https://shop.example/"
	j := jar(t, "chromium", u, "old=1; Path=/old", "used=1; Path=/used")
	r := open(t, u+"used")
	r.Now = noon.Add(time.Hour)
	j.Select(r)
	fill(t, j, u, "a", "", 179)
	if count(j, "old") != 0 || count(j, "used") != 1 {
		t.Errorf("%d old, %d used", count(j, "old"), count(j, "used"))
	}
}

func TestLimitOfAll(t *testing.T) {
	j := cookie.New(profile(t, "chromium"))
	for i := range 34 {
		fill(t, j, fmt.Sprintf("https://shop%d.example/", i), "a", "", 100)
	}
	if len(j.Cookies) != 3400 {
		t.Errorf("%d cookies: those used within thirty days are spared", len(j.Cookies))
	}
	r := open(t, "https://other.example/")
	r.Now = noon.Add(31 * 24 * time.Hour)
	if d := j.Set(r, "a=1"); len(d.Evicted) != 401 || len(j.Cookies) != 3000 || codes(d) != "stored evicts" {
		t.Errorf("%d had to go, %d are left: %s", len(d.Evicted), len(j.Cookies), codes(d))
	}
}

func TestLimitOfPartition(t *testing.T) {
	r := frame(t, "https://ads.example/", page(t, "https://news.example/"))
	j := cookie.New(profile(t, "chromium"))
	for i := range 200 {
		j.Set(r, fmt.Sprintf("a%d=1; Secure; SameSite=None; Partitioned", i))
	}
	if len(j.Cookies) != 180 {
		t.Errorf("%d cookies in a partition", len(j.Cookies))
	}
	for i := range 4 {
		j.Set(r, fmt.Sprintf("b%d=%s; Secure; SameSite=None; Partitioned", i, strings.Repeat("x", 4000)))
	}
	size := 0
	for _, c := range j.Cookies {
		size += len(c.Name) + len(c.Value)
	}
	if size > 10<<10 || count(j, "b") != 2 {
		t.Errorf("%d octets in a partition, %d large cookies", size, count(j, "b"))
	}
}
