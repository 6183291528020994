package e2e_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"jwtlab/app/lab/wire"
)

// An exchange is a request that came to a server, and its answer.
type exchange struct {
	method, url     string
	asked, answered []wire.Field
	status          int
	body            string
}

// compared are the fields of requests that both worlds must agree about. Not among them are those that change with each
// version of Chromium: User-Agent, Accept and the client hints.
var compared = []string{
	"Origin", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest", "Sec-Fetch-User", "Referer", "Authorization", "X-CSRF-Token", "X-Session-Id",
	"Content-Type", "Content-Length", "Cache-Control", "Upgrade-Insecure-Requests", "Accept-Encoding", "Accept-Language", "Connection",
	"Access-Control-Request-Method", "Access-Control-Request-Headers", "Cookie",
}

// A transcript is what happened in a world, as lines that can be compared with those of another: what is secret, or a time,
// has a name in its place.
type transcript struct {
	lines []string
	known []struct{ value, name string }
	count map[string]int
}

// exchange writes down a request and its answer.
func (tr *transcript) exchange(e exchange) {
	tr.learn(e)
	lines := []string{e.method + " " + bare(e.url)}
	for _, name := range compared {
		if v, ok := wire.Joined(e.asked, name); ok {
			lines = append(lines, "  "+name+": "+v)
		}
	}
	lines = append(lines, fmt.Sprint("  answered ", e.status))
	for _, f := range e.answered {
		if f.Name == "Set-Cookie" {
			lines = append(lines, "  Set-Cookie: "+f.Value)
		}
	}
	tr.write(lines...)
}

// write adds lines with names for secrets.
func (tr *transcript) write(lines ...string) {
	for _, l := range lines {
		for _, k := range tr.known {
			l = strings.ReplaceAll(l, k.value, k.name)
		}
		tr.lines = append(tr.lines, times.ReplaceAllString(l, "‹time›"))
	}
}

var times = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[0-9.]*Z`)

// secrets are the members of the service's answers that differ from world to world, and its cookies.
var secrets = []string{"session_id", "access_token", "refresh_token", "csrf_token", "login"}

// learn names the secrets of an answer.
func (tr *transcript) learn(e exchange) {
	for _, f := range e.answered {
		if pair, _, _ := strings.Cut(f.Value, ";"); f.Name == "Set-Cookie" {
			name, value, _ := strings.Cut(pair, "=")
			name = strings.TrimPrefix(strings.TrimPrefix(name, "__Host-"), "__Secure-")
			if slices.Contains([]string{"session", "access", "refresh"}, name) {
				tr.name(name, value)
			}
		}
	}
	var members map[string]any
	if json.Unmarshal([]byte(e.body), &members) == nil {
		for _, name := range secrets {
			if v, ok := members[name].(string); ok {
				tr.name(name, v)
			}
		}
	}
}

// name gives a value a name, unless it has one or is too short to be one of chance.
func (tr *transcript) name(kind, value string) {
	if len(value) < 16 || slices.ContainsFunc(tr.known, func(k struct{ value, name string }) bool { return k.value == value }) {
		return
	}
	if tr.count == nil {
		tr.count = map[string]int{}
	}
	tr.count[kind]++
	tr.known = append(tr.known, struct{ value, name string }{value, fmt.Sprintf("‹%s %d›", kind, tr.count[kind])})
}

// beside prints two transcripts side by side, lines that both have next to each other, and of what is equal no more than
// stands before a difference in the same step.
func beside(left, right []string) string {
	var b strings.Builder
	var step []string // since its first line
	differs := false
	flush := func() {
		if differs {
			b.WriteString(strings.Join(step, ""))
		}
		step, differs = nil, false
	}
	for _, l := range aligned(left, right) {
		if strings.HasPrefix(l[0], "#") || strings.HasPrefix(l[1], "#") {
			flush()
		}
		mark := "   "
		if l[0] != l[1] {
			mark, differs = ">>>", true
		}
		step = append(step, fmt.Sprintf("%s %-90s | %s\n", mark, l[0], l[1]))
	}
	flush()
	return b.String()
}

// aligned pairs the lines of two texts by their longest common subsequence.
func aligned(left, right []string) (pairs [][2]string) {
	common := make([][]int, len(left)+1) // of what follows
	for i := range common {
		common[i] = make([]int, len(right)+1)
	}
	for i := len(left) - 1; i >= 0; i-- {
		for j := len(right) - 1; j >= 0; j-- {
			common[i][j] = max(common[i+1][j], common[i][j+1])
			if left[i] == right[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	i, j := 0, 0
	for i < len(left) || j < len(right) {
		switch {
		case i < len(left) && j < len(right) && left[i] == right[j]:
			pairs = append(pairs, [2]string{left[i], right[j]})
			i, j = i+1, j+1
		case j == len(right) || i < len(left) && common[i+1][j] >= common[i][j+1]:
			pairs = append(pairs, [2]string{left[i], ""})
			i++
		default:
			pairs = append(pairs, [2]string{"", right[j]})
			j++
		}
	}
	return pairs
}
