package token

import (
	"strings"
	"unicode/utf8"
)

// lookBack is how much of the text before a token is looked at to say what it stands in.
const lookBack = 1024

// Places lists what [Token.Found] can say, but for "".
func Places() []string {
	return []string{"bearer", "header", "cookie", "curl", "powershell", "url", "json", "html", "yaml", "variable", "log",
		"code", "quotes", "encoded", "text"}
}

// around says what a token stands in: see [Token.Found].
func around(text string, start int) string {
	before := text[max(0, start-lookBack):start]
	raw := strings.TrimLeft(before[strings.LastIndexAny(before, "\r\n")+1:], bom+"\u200b")
	line := lower(raw)
	bare := strings.TrimSuffix(strings.TrimRight(line, " \t\"'`“‘„^\\(\u00a0\u3000"), "%20")
	switch {
	case strings.Contains(line, "cookie:"), isCookie(line):
		return "cookie"
	case isPowerShell(text):
		return "powershell"
	case isCurl(text) || strings.Contains(line, "curl "):
		return "curl"
	case strings.HasSuffix(bare, "bearer") || strings.HasSuffix(bare, "dpop"):
		if strings.Contains(line, ":") && !isLog(line) {
			return "header"
		}
		return "bearer"
	case isHTML(before):
		return "html"
	case isParameter(raw) || inURL(text, start):
		return "url"
	}
	return assigned(text, start, line, bare)
}

// assigned says what a token stands in that may be the value of a name.
func assigned(text string, start int, line, bare string) string {
	colon := strings.HasSuffix(bare, ":")
	name := strings.TrimSpace(strings.TrimRight(bare, ":="))
	word := name[strings.LastIndexAny(name, " \t")+1:]
	switch {
	case isLog(line):
		return "log"
	case colon && strings.HasSuffix(name, `"`), colon && strings.HasSuffix(name, "'"), colon && strings.HasSuffix(name, `\`):
		return "json"
	case colon && isYAML(text, line):
		return "yaml"
	case colon && !strings.ContainsAny(name, " \t\"'{"):
		return "header"
	case strings.HasSuffix(bare, "=") && word != "":
		return "variable"
	}
	if kind, _ := quoteBefore(text, start); kind != 0 {
		return "quotes"
	}
	switch {
	case strings.Count(text[max(0, start-lookBack):start], "```")%2 == 1:
		return "code"
	case name != "":
		return "text"
	}
	return ""
}

func lower(s string) string { return strings.ToLower(s) }

func isCurl(text string) bool {
	head := lower(strings.TrimLeft(text[:min(len(text), lookBack)], " \t\r\n$>"))
	return strings.HasPrefix(head, "curl ") || strings.HasPrefix(head, "curl.exe ")
}

func isPowerShell(text string) bool {
	head := lower(text[:min(len(text), lookBack)])
	return strings.Contains(head, "invoke-webrequest") || strings.Contains(head, "invoke-restmethod") || strings.Contains(head, "webrequestsession")
}

// isCookie reports whether the line is one of an HTTP archive, or of a browser's table, that speaks of cookies.
func isCookie(line string) bool {
	line = line[strings.LastIndexByte(line, '}')+1:]
	return strings.Contains(line, "--cookie ") || strings.Contains(line, `"cookies"`) || strings.Contains(line, `cookie"`)
}

// isLog reports whether a line begins as one of a log does: with a time, a level in brackets, or key=value pairs.
func isLog(line string) bool {
	line = strings.TrimLeft(line, " \t[<")
	if len(line) > 10 && isDigit(line[0]) && isDigit(line[1]) {
		head := line[:10]
		return strings.Count(head, "-") == 2 || strings.Count(head, "/") == 2 || strings.Count(head, ":") == 2
	}
	for _, level := range [...]string{"level=", "time=", "ts=", "info", "debug", "warn", "error", "trace"} {
		if rest, ok := strings.CutPrefix(line, level); ok && (level[len(level)-1] == '=' || strings.ContainsAny(rest, " :]\t") && !isCore(rest[0])) {
			return true
		}
	}
	return false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isYAML reports whether name: value on this line is YAML rather than a header: it is indented, in a list, or YAML was
// told of before.
func isYAML(text, line string) bool {
	head := lower(text[:min(len(text), lookBack)])
	return strings.HasPrefix(line, "  ") || strings.HasPrefix(line, "- ") || strings.HasPrefix(head, "---\n") || strings.Contains(head, "apiversion:")
}

// isHTML reports whether the text ends inside a tag.
func isHTML(before string) bool {
	at := strings.LastIndexByte(before, '<')
	return at >= 0 && at+1 < len(before) && before[at+1]|0x20 >= 'a' && before[at+1]|0x20 <= 'z' &&
		strings.IndexByte(before[at:], '>') < 0 && strings.IndexByte(before[at:], '=') > 0
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
