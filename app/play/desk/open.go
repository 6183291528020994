package desk

import (
	"jwtlab/app/jwe"
	"jwtlab/app/key"
	"jwtlab/app/token"
	"jwtlab/app/verdict"
)

// Unlocking a private key and decrypting with a password are slow on purpose: the numbers of rounds are whatever the
// writer of the key or of the token wanted. The desk judges without, waits until nobody types, and asks for [Open].

// roundsAtOnce is how many rounds of PBKDF2 a token may take where the page is drawn: some 20 ms.
const roundsAtOnce = 10_000

// Open asks for [OpenUp] off the page's thread; answered by [Opened].
type Open struct {
	Revision int
	Inputs   Inputs
}

// Opened answers [Open].
type Opened struct {
	Revision int
	Opening  Opening
	Failed   string
}

// Resumed begins again what was cancelled.
type Resumed struct{}

func (Opened) desk()  {}
func (Resumed) desk() {}
func (Open) effect()  {}

// An Opening is what came of a passphrase and a password, as plain data.
type Opening struct {
	Kind     string          `json:"kind,omitempty"` // of the key's text
	Problems []token.Problem `json:"problems,omitempty"`
	Unlocked []Unlocked      `json:"unlocked,omitempty"`
	Report   *jwe.Report     `json:"report,omitempty"` // of an encrypted token
}

// Unlocked is a key that was locked. Its numbers are a JWK, for a [key.Key] does not write them; all else that a locked
// file says of its key is what stands beside.
type Unlocked struct {
	token.Span
	JWK    string `json:"jwk"`
	Format string `json:"format"`
	PSS    bool   `json:"pss,omitempty"`
}

// OpenUp does what [Open] asks for.
func OpenUp(in Inputs) Opening {
	c := verdict.Judge(in.Token, in.Key, in.options())
	out := Opening{Kind: c.Keys.Kind, Problems: c.Keys.Problems}
	for i := range c.Keys.Keys {
		if k := &c.Keys.Keys[i]; k.Encrypted {
			out.Unlocked = append(out.Unlocked, Unlocked{Span: k.Span, JWK: k.JWK(), Format: k.Format, PSS: k.PSS})
		}
	}
	if c.Encrypted() {
		out.Report = &c.Opened
	}
	return out
}

// keys puts the unlocked keys among those that were open anyway, in the order of the text.
func (o Opening) keys(closed key.Reading) key.Reading {
	out := key.Reading{Kind: o.Kind, Problems: o.Problems}
	rest := closed.Keys
	for _, u := range o.Unlocked {
		for len(rest) > 0 && rest[0].Start < u.Start {
			out.Keys, rest = append(out.Keys, rest[0]), rest[1:]
		}
		if r := key.Read(u.JWK, key.Auto); len(r.Keys) == 1 { // else of a kind that JOSE has nothing for
			k := r.Keys[0]
			k.Span, k.Format, k.PSS, k.Encrypted = u.Span, u.Format, u.PSS, true
			out.Keys = append(out.Keys, k)
		}
	}
	out.Keys = append(out.Keys, rest...)
	return out
}

// plain remembers what came of decrypting, and for which texts.
type plain struct {
	token      string
	selected   int
	ring       *ring
	passphrase string
	report     *jwe.Report
}

// decrypted is what is known of the token's content, nil for nothing.
func (s *State) decrypted() *jwe.Report {
	if p := s.plain; p != nil && p.token == s.Token && p.selected == s.Selected && p.ring == s.takeRing() && p.passphrase == s.Passphrase {
		return p.report
	}
	return nil
}

// slow reports whether there is work that the page must not wait for. A text that is read in a Worker has it done there.
func (s *State) slow() bool {
	return len(s.Token) <= JobBytes && (s.locked() || s.judgeCase().PutOff)
}

// rested begins long work once nobody types: what is slow to open, else the search for what is wrong, which takes the
// better part of a second.
func (s State) rested(revision int) (State, []Effect) {
	switch {
	case revision != s.Revision || s.Pending != "":
		return s, nil
	case s.slow():
		s.Pending, s.Stopped = "open", false
		return s, []Effect{Open{Revision: s.Revision, Inputs: s.Inputs}}
	case s.ailing():
		s.Pending = "doctor"
		return s, []Effect{Diagnose{Revision: s.Revision, Inputs: s.Inputs}}
	}
	return s, nil
}

func (s State) opened(i Opened) (State, []Effect) {
	if i.Revision != s.Revision || s.Pending != "open" {
		return s, nil
	}
	s.Pending = ""
	if i.Failed != "" {
		return s.notice("open-failed", i.Failed), nil
	}
	r := *s.takeRing()
	if s.locked() {
		keys := i.Opening.keys(r.closed)
		r.passphrase, r.open = s.Passphrase, &keys
	}
	s.ring = &r
	s.plain = &plain{token: s.Token, selected: s.Selected, ring: s.ring, passphrase: s.Passphrase, report: i.Opening.Report}
	return s.keyChanged()
}
