package token

import (
	"strings"
	"unicode/utf8"
)

// lookBack is how much of the text before a token is looked at to say what it stands in.
const lookBack = 1024

// around says what a token stands in: see [Token.Found].
func around(text string, start int) string {
	before := text[max(0, start-lookBack):start]
	line := lower(before[strings.LastIndexAny(before, "\r\n")+1:])
	bare := strings.TrimRight(line, " \t\"'`")
	switch {
	case isCurl(text) || strings.Contains(line, "curl "):
		return "curl"
	case strings.Contains(line, "cookie:"):
		return "cookie"
	case strings.HasSuffix(bare, "bearer") || strings.HasSuffix(bare, "dpop"):
		if strings.Contains(line, ":") {
			return "header"
		}
		return "bearer"
	case isParameter(line) || inURL(text, start):
		return "url"
	case strings.HasSuffix(line, `"`) && strings.HasSuffix(bare, ":"):
		return "json"
	case strings.HasSuffix(bare, ":") && !strings.ContainsAny(strings.TrimSpace(bare), " \t\"'{"):
		return "header"
	}
	if kind, _ := quoteBefore(text, start); kind != 0 {
		return "quotes"
	}
	return ""
}

func lower(s string) string { return strings.ToLower(s) }

func isCurl(text string) bool {
	head := lower(strings.TrimLeft(text[:min(len(text), lookBack)], " \t\r\n$"))
	return strings.HasPrefix(head, "curl ") || strings.HasPrefix(head, "curl.exe ")
}

// isParameter reports whether the line ends in the name of a query or fragment parameter: ?id_token= or #token=.
func isParameter(line string) bool {
	name, ok := strings.CutSuffix(line, "=")
	if !ok {
		return false
	}
	at := strings.LastIndexAny(name, "?&#")
	return at >= 0 && !strings.ContainsAny(name[at:], " \t\"'") || strings.HasSuffix(name, "_token") && !strings.Contains(name, " ")
}

// inURL reports whether the word that a token stands in is a URL.
func inURL(text string, start int) bool {
	before := text[max(0, start-lookBack):start]
	word := before[strings.LastIndexAny(before, " \t\r\n\"'<(")+1:]
	return strings.Contains(word, "://")
}

// quoteKind returns what closes with what: curly quotes with straight ones too, as editors mix them.
func quoteKind(s string) byte {
	u := unitAt(s, 0)
	if u.what == hard && (u.char == '"' || u.char == '\'' || u.char == '`') {
		return u.char
	}
	return 0
}

// quoteBefore returns the kind of the quote right before i, and how wide it is.
func quoteBefore(text string, i int) (kind byte, width int) {
	_, n := utf8.DecodeLastRuneInString(text[:i])
	return quoteKind(text[i-n : i]), n
}

// stray reports a quote at either end of the token that has no partner, and a dot that no segment follows.
func (s *scan) stray() {
	open, width := quoteBefore(s.text, s.start)
	shut := quoteKind(s.text[s.i:])
	line := s.text[max(0, s.start-lookBack):s.start]
	line = line[strings.LastIndexAny(line, "\r\n")+1:]
	if shut != 0 && quotes(line, shut)%2 == 0 {
		s.odd("text.quote", s.i)
	}
	rest := s.text[s.i:min(len(s.text), s.i+lookBack)]
	if open != 0 && open != shut && quotes(rest, open) == 0 {
		s.odd("text.quote", s.start-width)
	}
	if unitAt(s.text, s.i).what == dot {
		s.odd("text.stray", s.i)
	}
}

func (s *scan) odd(code string, i int) {
	n := unitAt(s.text, i).width
	s.faults.add(fault(code, i, i+n, show(s.text[i:i+n])))
}

// quotes counts the quotes of a kind.
func quotes(s string, kind byte) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n += oneIf(quoteKind(s[i:]) == kind)
	}
	return n
}
