package token

import "strings"

// A word is a run of characters that a token may have.
type word struct {
	text  string
	dots  int
	alone bool // nothing else is on its line, or only a closing quote
}

func (w word) len() int { return len(w.text) }

// encoded reports whether the word looks like base64 and not like prose.
func (w word) encoded() bool {
	var upper, lower, digit bool
	for i := 0; i < len(w.text); i++ {
		c := w.text[i]
		upper = upper || 'A' <= c && c <= 'Z'
		lower = lower || 'a' <= c && c <= 'z'
		digit = digit || '0' <= c && c <= '9'
	}
	return len(w.text) >= 16 && upper && lower && digit
}

// pair reports whether the word is of the form NAME=VALUE.
func (w word) pair() bool { return strings.Contains(strings.TrimRight(w.text, "="), "=") }

// prose reports whether the word is of letters alone, none but the first of them a capital or all of them.
func (w word) prose() bool {
	upper := 0
	for i := 0; i < len(w.text); i++ {
		c := w.text[i]
		if !isLetter(c) && c != '.' && c != '~' {
			return false
		}
		upper += oneIf('A' <= c && c <= 'Z')
	}
	return upper == 0 || upper == len(w.text) || upper == 1 && w.text[0] <= 'Z'
}

func wordAt(text string, i int) word {
	w := word{}
	start := i
	u := unitAt(text, i)
	for ; u.what == core || u.what == dot || u.what == other; u = unitAt(text, i) {
		w.dots += oneIf(u.what == dot)
		i += u.width
	}
	w.text = text[start:i]
	for u.what == blank {
		i += u.width
		u = unitAt(text, i)
	}
	w.alone = u.what == end || u.what == newline || u.what == hard
	return w
}

// wrapped reports whether what is behind a line break at i looks like more of the token.
func (s *scan) wrapped(i int) bool {
	for unitAt(s.text, i).what == newline {
		i += unitAt(s.text, i).width
	}
	return wordAt(s.text, i).encoded()
}
