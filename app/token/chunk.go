package token

import "strings"

// A cookie holds 4 KB, so programs cut a long token into several: NAME.0, NAME.1 and so on.
type chunks struct {
	name string // without the number; "" if the token is in no first chunk
	seen bool   // it was looked for
	n    int    // how many were put behind the first
	at   Span   // what stood between the first two
}

const (
	maxChunks  = 32
	chunkReach = 64 << 10 // how far behind a chunk the next one may begin
	nameReach  = 256      // how far before a chunk its name may begin
)

// chunk goes to the next chunk, and reports whether there is one.
func (s *scan) chunk() bool {
	if !s.chunks.seen {
		s.chunks.seen = true
		s.chunks.name = chunkName(s.text[max(0, s.start-nameReach):s.start])
	}
	if s.chunks.name == "" || s.chunks.n == maxChunks {
		return false
	}
	name := s.chunks.name + "." + itoa(s.chunks.n+1)
	rest := s.text[s.i:min(len(s.text), s.i+chunkReach)]
	at := strings.Index(rest, name)
	if at < 0 {
		return false
	}
	at += len(name)
	gap := chunkGap(rest[at:])
	if what := unitAt(rest, at+gap).what; gap == 0 || what != core && what != dot {
		return false
	}
	to := s.i + at + gap
	if s.chunks.n == 0 {
		s.chunks.at = Span{s.i, to}
	}
	s.chunks.n++
	s.i = to
	return true
}

// chunkName returns the name of the first chunk whose value begins where the text ends, "" if it is none.
func chunkName(before string) string {
	before = strings.TrimSuffix(before, "base64-")
	at := strings.LastIndex(before, ".0")
	if at < 0 || at+2 == len(before) || chunkGap(before[at+2:]) != len(before)-at-2 {
		return ""
	}
	start := at
	for start > 0 && (isCore(before[start-1]) || before[start-1] == '.') {
		start--
	}
	return before[start:at]
}

// chunkGap returns how long that is at the beginning of s which stands between a name and its value: an equals sign, a
// tab, or what JSON and tables of cookies have there.
func chunkGap(s string) int {
	i := 0
	for i < len(s) && i < 64 {
		switch {
		case strings.IndexByte("=:\"', \t\\\r\n", s[i]) >= 0:
			i++
		case strings.HasPrefix(s[i:], `value"`):
			i += len("value")
		default:
			return i
		}
	}
	return i
}
