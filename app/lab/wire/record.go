package wire

import (
	"slices"

	"jwtlab/app/check"
	"jwtlab/app/cookie"
)

const (
	maxMessages  = 20_000 // then the oldest tenth is forgotten
	maxBody      = 64 << 10
	maxNotes     = 64
	maxDecisions = 200
)

// A Record is all that passed, in its order. It is plain data, bounded; its zero value is empty.
type Record struct {
	Messages  []*Message `json:"messages"`
	Forgotten int        `json:"forgotten,omitempty"` // how many of the first are not there any more
}

// clone returns an independent record, which shares the messages.
func (r *Record) clone() Record { return Record{slices.Clone(r.Messages), r.Forgotten} }

// add takes a message in, and gives it its id.
func (r *Record) add(m Message) int {
	if len(r.Messages) >= maxMessages {
		gone := maxMessages / 10
		r.Messages = slices.Clone(r.Messages[gone:])
		r.Forgotten += gone
	}
	m.ID = r.Forgotten + len(r.Messages) + 1
	if m.Cut = len(m.Body) - maxBody; m.Cut > 0 {
		m.Body = m.Body[:maxBody]
	} else {
		m.Cut = 0
	}
	m.Notes = m.Notes[:min(len(m.Notes), maxNotes)]
	m.Cookies = m.Cookies[:min(len(m.Cookies), maxDecisions)]
	r.Messages = append(r.Messages, &m)
	return m.ID
}

// Message returns the message of an id; nil if there is none, or it is forgotten.
func (r *Record) Message(id int) *Message {
	if at := id - r.Forgotten - 1; 0 <= at && at < len(r.Messages) {
		return r.Messages[at]
	}
	return nil
}

// Note attaches notes to a message.
func (r *Record) Note(id int, notes ...check.Check) {
	r.amend(id, func(m *Message) {
		all := slices.Concat(m.Notes, notes)
		m.Notes = all[:min(len(all), maxNotes)]
	})
}

// Cookies attaches what became of cookies to a message.
func (r *Record) Cookies(id int, decisions ...cookie.Decision) {
	r.amend(id, func(m *Message) {
		all := slices.Concat(m.Cookies, decisions)
		m.Cookies = all[:min(len(all), maxDecisions)]
	})
}

// Judge says what became of a response, and whether the script that asked could read it.
func (r *Record) Judge(id int, kind string, readable bool) {
	r.amend(id, func(m *Message) { m.Type, m.Readable = kind, readable })
}

// amend replaces a message by a changed one.
func (r *Record) amend(id int, change func(*Message)) {
	if m := r.Message(id); m != nil {
		changed := *m
		change(&changed)
		r.Messages[id-r.Forgotten-1] = &changed
	}
}

// Overheard returns the messages that a listener on plain http has seen.
func (r *Record) Overheard() (heard []*Message) {
	for _, m := range r.Messages {
		if m.Overheard {
			heard = append(heard, m)
		}
	}
	return heard
}
