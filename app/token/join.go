package token

import "strings"

// linePrefix returns what stands before a token on its line if lines of a letter or comment begin so: "> ", "# ", "// ".
func linePrefix(text string, start int) string {
	before := text[max(0, start-16):start]
	n := strings.LastIndexByte(before, '\n')
	if n < 0 && start > len(before) {
		return ""
	}
	before = before[n+1:]
	if strings.Trim(before, ">#/ \t") != "" || strings.TrimLeft(before, " \t") == "" {
		return ""
	}
	return before
}

// padding takes an equals sign at the end of a line that is no soft line break.
func (s *scan) padding() bool {
	s.one(unit{other, '=', 1})
	return true
}

// concat goes over what program text has between the parts of one string: "…" + "…", or a string on the next line.
func (s *scan) concat(u unit) bool {
	if u.width > 1 || u.char != '"' && u.char != '\'' && u.char != '`' {
		return false
	}
	operator, broken := false, false
	for to := s.i + 1; to < len(s.text) && to < s.i+128; to++ {
		switch c := s.text[to]; c {
		case ' ', '\t', '\r', '_', '\\', '\n':
			broken = broken || c == '\n'
		case '+', '.', '&':
			if operator {
				return false
			}
			operator = true
		case u.char:
			if !operator && !broken || !s.continues(to+1) {
				return false
			}
			s.joint(to + 1)
			s.i = to + 1
			return true
		default:
			return false
		}
	}
	return false
}

// continues reports whether the string that begins at i may be the next part of the token.
func (s *scan) continues(i int) bool {
	w := wordAt(s.text, i)
	inside := s.cook.last() == '.' && s.dots < s.want
	return w.len() > 0 && w.alone && s.dots+w.dots <= max(s.want, 4) && (inside || !headerStart(w.text))
}
