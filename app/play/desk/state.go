// Package desk is the debugger as data: what was typed, what follows from it, and how each thing a user does changes it.
//
// [State] holds the inputs, and in [View] all that the page shows of them, recomputed by [Look] in one pass. [Update] is
// pure: it reads no clock, rolls no dice and signs nothing; what must be done outside it returns as [Effect] values,
// and the page answers those with further intents. So the whole debugger runs in a test without a browser.
package desk

import (
	"jwtlab/app/jwe"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/verdict"
)

// State is everything the debugger knows. The zero value is an empty desk.
type State struct {
	Inputs
	View View `json:"view"`
	// Revision counts changes of the inputs: the answer to an effect that was asked at another revision is stale.
	Revision int `json:"revision"`
	// Pending names the effect under way: "", "sign", "encrypt", "generate", "look", "open" or "doctor".
	Pending  string   `json:"pending,omitempty"`
	Progress Progress `json:"progress"`
	// Stopped says that unlocking or decrypting was cancelled, so that it can be begun again.
	Stopped bool   `json:"stopped,omitempty"`
	Notice  Notice `json:"notice"`
	Lit     Place  `json:"lit"`
	// Causes are why the signature does not fit.
	Causes []jws.Diagnosis `json:"causes,omitempty"`
	// Code is the language in which the verifying code is shown, empty for none.
	Code string `json:"code,omitempty"`
	// Undo and Redo hold earlier inputs, the nearest last.
	Undo []Snapshot `json:"undo,omitempty"`
	Redo []Snapshot `json:"redo,omitempty"`

	edited memory // which field was typed into last, and when, so that typing is undone in words and not in letters
	judged *judged
	ring   *ring
	plain  *plain
	linked *linked
}

// Inputs are what the user typed or chose, and the clock. The view is a function of them.
type Inputs struct {
	Token    string       `json:"token"`
	Key      string       `json:"key"`
	Encoding key.Encoding `json:"encoding,omitempty"`
	// Passphrase unlocks the key. It stands in no snapshot, link or notice.
	Passphrase string `json:"passphrase,omitempty"`
	Roots      string `json:"roots,omitempty"` // the certificates that a chain may end in, as text
	// Header and Payload are texts under edit; nil shows what the token holds.
	Header   *string `json:"header,omitempty"`
	Payload  *string `json:"payload,omitempty"`
	Selected int     `json:"selected,omitempty"`
	Issuer   string  `json:"issuer,omitempty"`
	Audience string  `json:"audience,omitempty"`
	Leeway   string  `json:"leeway,omitempty"` // seconds, as typed
	Request  Request `json:"request"`          // that a DPoP proof should be for
	Clock    int64   `json:"clock"`            // the real time, Unix seconds
	Moved    *int64  `json:"moved,omitempty"`  // the time that the slider was moved to
	Whole    bool    `json:"whole,omitempty"`  // show long texts to their end
	// Held is the SD-JWT with all disclosures that the holder has, Kept those that are shown; empty for all of the token.
	Held string `json:"held,omitempty"`
	Kept []bool `json:"kept,omitempty"`
	// Unsigned says why an edited token could not be signed again: "", "no-key", "public-key", "unfit", "failed", "header".
	Unsigned string `json:"unsigned,omitempty"`
}

// Now is the time that claims are judged at, Unix seconds.
func (in Inputs) Now() int64 {
	if in.Moved != nil {
		return *in.Moved
	}
	return in.Clock
}

// Progress is how far long work has come. Total 0 means that nobody knows.
type Progress struct {
	Done  int `json:"done"`
	Total int `json:"total"`
}

// A Notice is a short message about what was just done; Count tells two equal ones apart.
type Notice struct {
	ID    string   `json:"id,omitempty"` // its words are "ui.notice." and this
	Args  []string `json:"args,omitempty"`
	Count int      `json:"count"`
}

// A Snapshot is what undo brings back.
type Snapshot struct {
	Token    string       `json:"token"`
	Key      string       `json:"key"`
	Encoding key.Encoding `json:"encoding,omitempty"`
	Header   *string      `json:"header,omitempty"`
	Payload  *string      `json:"payload,omitempty"`
	Selected int          `json:"selected,omitempty"`
	Unsigned string       `json:"unsigned,omitempty"`
	Held     string       `json:"held,omitempty"`
	Kept     []bool       `json:"kept,omitempty"`
}

type memory struct {
	field string
	at    int64
}

// judged remembers the last judgement with its texts, so that moving the clock verifies nothing again. It changes no
// result, only when it is computed.
type judged struct {
	token      string
	selected   int
	ring       *ring
	passphrase string
	opened     *jwe.Report
	result     verdict.Case
}
