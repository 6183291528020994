package wire

import (
	"strings"
	"time"

	"jwtlab/app/check"
	"jwtlab/app/cookie"
)

// A Field is a line of a header.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Kind is what a message is.
type Kind string

// The kinds.
const (
	Ask    Kind = "request"
	Answer Kind = "response"
	Inside Kind = "inside" // something that a client did, or did not do, without a word on the wire
)

// A Message is one that passed, or something that a client did by itself. Once it is in the record it is never changed,
// but replaced: clones of a record share their messages.
type Message struct {
	ID   int       `json:"id"` // 1 is the first
	Kind Kind      `json:"kind"`
	Time time.Time `json:"time"`
	Move int       `json:"move,omitempty"` // what the network's Move was then

	From    string `json:"from"` // the name of a client, the origin of a server, or "attacker"
	To      string `json:"to,omitempty"`
	Replica int    `json:"replica,omitempty"` // which of the server's, from 1
	Address string `json:"address,omitempty"` // where the client is in the network, without a port

	Cause int    `json:"cause,omitempty"` // the message but for which there would not be this one; of a response its request
	Why   string `json:"why,omitempty"`   // what the client was about, as in "fetch" or "redirect"
	By    string `json:"by,omitempty"`    // the origin of the document that asked; empty if the user did

	Method string  `json:"method,omitempty"` // of a response that of its request, as the URL is
	URL    string  `json:"url,omitempty"`
	Status int     `json:"status,omitempty"`
	Header []Field `json:"header,omitempty"`
	Body   string  `json:"body,omitempty"`
	Cut    int     `json:"cut,omitempty"`    // octets of the body that the record leaves out
	Octets int     `json:"octets,omitempty"` // of the whole message as HTTP/1.1 writes it (RFC 9112 §2.1)

	Plain     bool `json:"plain,omitempty"`     // it went by http, for all on the way to see
	Overheard bool `json:"overheard,omitempty"` // and somebody did listen

	// Type is what became of a response: "basic", "cors", "opaque", "opaqueredirect" or "error" (Fetch §2.2.6) for a script,
	// "document" for a navigation that ended there, "redirect" for one that went on.
	Type string `json:"type,omitempty"`
	// Readable reports whether the script that asked could read the response.
	Readable bool `json:"readable,omitempty"`

	Notes   []check.Check     `json:"notes,omitempty"`
	Cookies []cookie.Decision `json:"cookies,omitempty"` // what became of each cookie: the first of them, if there are many
}

// Value returns the first field of the name, whatever its case.
func (m *Message) Value(name string) string {
	v, _ := Find(m.Header, name)
	return v
}

// Find returns the first field of the name, whatever its case.
func Find(header []Field, name string) (string, bool) {
	for _, f := range header {
		if strings.EqualFold(f.Name, name) {
			return f.Value, true
		}
	}
	return "", false
}

// Joined returns the values of all fields of a name, as a list (Fetch §2.2.2, "get").
func Joined(header []Field, name string) (string, bool) {
	var all []string
	for _, f := range header {
		if strings.EqualFold(f.Name, name) {
			all = append(all, f.Value)
		}
	}
	return strings.Join(all, ", "), all != nil
}

// octets counts a message with a start line.
func octets(start string, header []Field, body string) int {
	n := len(start) + len("\r\n") + len("\r\n") + len(body)
	for _, f := range header {
		n += len(f.Name) + len(": ") + len(f.Value) + len("\r\n")
	}
	return n
}
