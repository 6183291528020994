package token

import "strings"

// The bounds of a search: how many different tokens of one text are listed, how many are taken to see that they are the
// same again, and how many places of each are kept.
const (
	maxTokens = 100
	maxTaken  = 20000
	maxAgain  = 1000
)

// maxHeader bounds how far is looked for the damaged header of a token.
const maxHeader = 64 << 10

// find takes every token out of a text. It looks for what a JOSE header begins with, eyJ in most cases, where a word
// begins. More tells where it stopped when there were too many, -1 otherwise.
func find(text string) (found []*scan, more int) {
	done := 0
	seen := map[string]*scan{}
	for i, taken := 0, 0; ; {
		n := strings.IndexByte(text[i:], 'e')
		if n < 0 {
			return found, -1
		}
		i += n
		if !headerStart(text[i:]) || !begins(text, i) {
			i++
			continue
		}
		if taken++; len(found) == maxTokens || taken > maxTaken {
			return found, i
		}
		s := take(text, wordStart(text, done, i))
		if !s.repeats(seen) {
			found = append(found, s)
		}
		done, i = s.i, max(s.i, i+1)
	}
}

// repeats reports whether a whole token was seen before, and notes the place then.
func (s *scan) repeats(seen map[string]*scan) bool {
	if s.dots < s.want {
		return false
	}
	text := s.cook.String()
	first := seen[text]
	if first == nil {
		seen[text] = s
		return false
	}
	if len(first.again) < maxAgain {
		first.again = append(first.again, Span{s.start, s.i})
	}
	return true
}

// begins reports whether a word begins at i.
func begins(text string, i int) bool {
	if i == 0 || !isCore(text[i-1]) {
		return true
	}
	if strings.HasSuffix(text[:i], "=3D") || strings.HasSuffix(text[:i], "base64-") {
		return true // in quoted-printable; as Supabase marks its cookies
	}
	if i >= 3 && unhex(text[i-2]) >= 0 && unhex(text[i-1]) >= 0 && (text[i-3] == '%' || strings.HasSuffix(text[:i-2], "%25")) {
		return true
	}
	return i >= 2 && text[i-2] == '\\' && strings.IndexByte("nrt", text[i-1]) >= 0
}

// wordStart returns where the token begins whose second segment may be at i: behind a header that is damaged there is a
// dot, and with that header there are three segments.
func wordStart(text string, done, i int) int {
	if i == 0 || text[i-1] != '.' {
		return i
	}
	at := i
	for at > done && i-at < maxHeader && (isCore(text[at-1]) || text[at-1] == '.') {
		at--
	}
	if w := wordAt(text[:min(len(text), i+maxHeader)], at); w.dots == 2 {
		return at
	}
	return i
}

// attempt takes a text that is one word with the dots of a token but no header that could be read.
func attempt(text string) *scan {
	i, to := 0, len(text)
	for i < to && trimmed(unitAt(text, i)) {
		i += unitAt(text, i).width
	}
	for _, prefix := range [...]string{"authorization:", "bearer ", "dpop ", "\"", "'"} {
		if len(text)-i >= len(prefix) && strings.EqualFold(text[i:i+len(prefix)], prefix) {
			i += len(prefix)
			for i < to && unitAt(text, i).what == blank {
				i++
			}
		}
	}
	if w := wordAt(text, i); w.dots < 2 && strings.IndexByte(text[i:min(to, i+4096)], '.') < 0 {
		return nil
	}
	s := take(text, i)
	if s.dots != 2 && s.dots != 4 || !restIsEmpty(text[s.i:]) || strings.Contains(text, "://") {
		return nil
	}
	return s
}

func trimmed(u unit) bool { return u.what == blank || u.what == newline }

// restIsEmpty reports whether nothing but blanks, quotes and a full stop is left.
func restIsEmpty(rest string) bool {
	return len(strings.Trim(rest[:min(len(rest), 64)], " \t\r\n\"'`.,;")) == 0 && len(strings.TrimSpace(rest)) < 8
}
