package lab

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

// FragmentName is the name under which a script comes in the fragment of an address.
const FragmentName = "lab"

// maxLink bounds the script of a link: browsers take longer addresses, chats often do not.
const maxLink = 16 << 10

// Link returns the fragment of a link to a script; false if the script is too long for one.
func Link(script string) (string, bool) {
	if len(script) > maxLink {
		return "", false
	}
	return "#" + FragmentName + "=" + base64.RawURLEncoding.EncodeToString([]byte(script)), true
}

// unlink reads what stands behind the name in the fragment.
func unlink(text string) (script string, ok bool) {
	if base64.RawURLEncoding.DecodedLen(len(text)) > maxLink {
		return "", false
	}
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil || len(raw) == 0 || !utf8.Valid(raw) {
		return "", false
	}
	return strings.ReplaceAll(string(raw), "\r\n", "\n"), true
}

// received takes the script of a link. One that cannot be read leaves everything as it is.
func (s State) received(link string) (State, []Effect) {
	script, ok := unlink(link)
	if !ok || len(Lines(script)) > maxLines {
		s, effects := s.first()
		return s, append(effects, Tell{"lab-bad-link", nil})
	}
	s, effects := s.load(script)
	return s, append(effects, Tell{"lab-arrived", nil})
}

// first makes sure that there is a script.
func (s State) first() (State, []Effect) {
	if s.Script != "" {
		return s, nil
	}
	return s.begin(First)
}
