// Package snippet writes a program that verifies the token at hand, in the languages that people ask for.
//
// A program pins the algorithm, checks issuer, audience and type where they are known, and demands an end of the token.
// It reads the key from a file that the environment names: no key ever reaches this package, so none can end up in what
// people copy. Where a library does not have the algorithm, there is no program and a [Note] says so.
//
// Start with [For].
package snippet

import (
	_ "embed"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Request is what is known of the token. The zero value asks for nothing, and gets nothing: no library has the
// algorithm "".
type Request struct {
	Alg      string // the only algorithm that is to be accepted (RFC 8725 §3.1)
	KeyKind  string // how the key is at hand: "secret", "pem", "jwk" or "jwks", as package key names it; "" if unknown
	Encoding string // how a secret's text stands for its bytes, as package key names it; "" for as it is
	Issuer   string // iss; empty if not asked for
	Audience string // aud; empty if not asked for
	Type     string // typ; empty if not asked for
	Leeway   time.Duration
}

// A Snippet is a program in one language.
type Snippet struct {
	Language string `json:"language"` // as in "go"
	Label    string `json:"label"`    // the language's own name, as in "Go"
	Library  string `json:"library"`  // as its package registry names it
	Version  string `json:"version"`  // that the code is written for
	Code     string `json:"code"`     // empty if the library cannot verify the token
	Notes    []Note `json:"notes,omitempty"`
}

// A Note is worth knowing about the code. Its words are "snippet." and the code in package locale, filled with Args.
type Note struct {
	Code string   `json:"code"`
	Args []string `json:"args,omitempty"`
}

// Codes lists the code of every note.
func Codes() []string {
	return []string{
		"unsupported", "fully-specified", "key-secret", "key-encoding", "key-pem", "key-convert", "key-set", "secret-length",
		"issuer-open", "audience-open", "exp-required", "by-hand", "backend", "parts", "ml-dsa",
	}
}

//go:embed templates.txt
var templates string

// For writes the programs, in the order in which they are shown.
func For(r Request) []Snippet {
	var all []Snippet
	for head, body := range sections() {
		all = append(all, write(head, body, r))
	}
	return all
}

// Languages lists the languages in the order in which they are shown, without programs.
func Languages() []Snippet {
	var all []Snippet
	for head := range sections() {
		all = append(all, begin(head))
	}
	return all
}

// In writes the program in one language; the zero Snippet if there is no such language.
func In(language string, r Request) Snippet {
	for head, body := range sections() {
		if head[0] == language {
			return write(head, body, r)
		}
	}
	return Snippet{}
}

// sections gives the head and the body of each template.
func sections() iter.Seq2[[]string, string] {
	return func(yield func([]string, string) bool) {
		_, rest, _ := strings.Cut(templates, "\n== ")
		for section := range strings.SplitSeq(rest, "\n== ") {
			head, body, _ := strings.Cut(section, "\n")
			if !yield(strings.Split(head, "|"), body) {
				return
			}
		}
	}
}

func begin(head []string) Snippet {
	return Snippet{Language: head[0], Label: head[1], Library: head[2], Version: head[3]}
}

func write(head []string, body string, r Request) Snippet {
	s := begin(head)
	if slices.Contains(strings.Fields(head[4]), r.Alg) {
		s.Code = fill(body, r, s.Language)
		s.Notes = notes(r, strings.Fields(head[5]))
	} else {
		s.Notes = missing(r.Alg, s.Library)
	}
	return s
}

// missing says that a library does not have the algorithm.
func missing(alg, library string) []Note {
	all := []Note{{"unsupported", []string{library, alg}}}
	if alg == "Ed25519" {
		all = append(all, Note{Code: "fully-specified"}) // RFC 9864 §2.2
	}
	return all
}

// notes says what to do about the key, and what the code leaves open.
func notes(r Request, own []string) []Note {
	var all []Note
	add := func(code string, args ...string) { all = append(all, Note{code, args}) }
	if family(r.Alg) == "hs" {
		add("key-secret")
		if r.KeyKind == "jwk" || r.KeyKind == "jwks" {
			add("key-encoding", "base64url")
		} else if r.Encoding != "" && r.Encoding != "utf-8" {
			add("key-encoding", r.Encoding)
		}
	} else {
		add("key-pem")
		switch r.KeyKind {
		case "jwks":
			add("key-set")
		case "jwk":
			add("key-convert")
		}
	}
	add("exp-required")
	if r.Issuer == "" {
		add("issuer-open")
	}
	if r.Audience == "" {
		add("audience-open")
	}
	if strings.HasPrefix(r.Alg, "ML-DSA") {
		add("ml-dsa")
	}
	for _, code := range own {
		switch {
		case code != "secret-length":
			add(code)
		case family(r.Alg) == "hs":
			add(code, r.Alg[2:])
		}
	}
	return all
}

// family tells the kinds of keys apart: "hs", "rs", "ec", "ed", and "" for what is none of these.
func family(alg string) string {
	switch {
	case strings.HasPrefix(alg, "HS"):
		return "hs"
	case strings.HasPrefix(alg, "RS"), strings.HasPrefix(alg, "PS"):
		return "rs"
	case strings.HasPrefix(alg, "ES"):
		return "ec"
	case strings.HasPrefix(alg, "Ed"):
		return "ed"
	}
	return ""
}

// fill keeps the lines of a template that are for the request, and puts the values in.
func fill(body string, r Request, language string) string {
	seconds := int64(max(r.Leeway, 0) / time.Second)
	flags := map[string]bool{
		family(r.Alg): true, "iss": r.Issuer != "", "aud": r.Audience != "", "typ": r.Type != "", "leeway": seconds > 0,
	}
	required := ""
	for _, claim := range []string{"iss", "aud"} {
		if flags[claim] {
			required += `, "` + claim + `"`
		}
	}
	values := strings.NewReplacer(
		"«alg»", r.Alg, "«leeway»", strconv.FormatInt(seconds, 10), "«required»", required,
		"«iss»", quote(r.Issuer, language), "«aud»", quote(r.Audience, language), "«typ»", quote(r.Type, language),
	)
	var b strings.Builder
	for line := range strings.Lines(body) {
		if text, ok := kept(line, flags); ok {
			b.WriteString(values.Replace(text))
		}
	}
	return strings.TrimSuffix(b.String(), "\n") + "\n"
}

// kept returns the line without its condition, and whether it stays.
func kept(line string, flags map[string]bool) (string, bool) {
	if line[0] != '@' {
		return line, true
	}
	condition, text, _ := strings.Cut(line[1:], ":")
	if name, not := strings.CutPrefix(condition, "!"); not {
		return text, !flags[name]
	}
	return text, flags[condition]
}
