package desk

import (
	"slices"
	"strings"

	"jwtlab/app/key"
)

// A Form is something that the key at hand can be written as.
type Form struct {
	Format string `json:"format"` // one of [key.Formats]
	Half   string `json:"half"`   // "public", "private" or "secret"
}

// What names the form for [AskedCopy].
func (f Form) What() string { return f.Half + "/" + f.Format }

// openToAll are the formats that a private half never stands in.
var openToAll = []string{"spki", "ssh"}

// Forms lists what the key at hand can be written as: its public half first, which is asked for most and harms nobody.
// It writes them all to find out, so it is not for every render.
func (s State) Forms() []Form {
	k, ok := shownKey(s.judgeCase())
	if !ok {
		return nil
	}
	var out []Form
	half := "private"
	if public, ok := k.PublicKey(); ok {
		out = written(public, "public", nil)
	} else {
		half = "secret"
	}
	if k.Private || half == "secret" {
		out = append(out, written(k, half, openToAll)...)
	}
	return out
}

func written(k key.Key, half string, without []string) []Form {
	var out []Form
	for _, format := range key.Formats() {
		if _, err := k.Encode(format); err == nil && !slices.Contains(without, format) {
			out = append(out, Form{Format: format, Half: half})
		}
	}
	return out
}

// converted writes the key in a form; false for what is none.
func (s State) converted(what string) (string, bool) {
	half, format, is := strings.Cut(what, "/")
	k, ok := shownKey(s.judgeCase())
	if !is || !ok {
		return "", is
	}
	if half == "public" {
		k, _ = k.PublicKey()
	}
	text, err := k.Encode(format)
	if err != nil {
		return "", true
	}
	return text, true
}

// copiedNotice names what was copied; a form of a key by what it gives away.
func copiedNotice(what string) string {
	half, _, form := strings.Cut(what, "/")
	switch {
	case form && half == "public":
		return "copied-public-key"
	case form:
		return "copied-key"
	}
	return "copied-" + what
}
