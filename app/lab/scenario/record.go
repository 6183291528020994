package scenario

import (
	"time"

	"jwtlab/app/check"
	"jwtlab/app/cookie"
	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
)

// A Record is what a run came to: plain data, which shares nothing with the world but messages that never change.
type Record struct {
	Setup string `json:"setup"`
	Steps []Step `json:"steps"` // those that have been run, in their order
	wire.Record
	State State `json:"state"` // at the end
}

// A Step is one line of the script, and what came of it.
type Step struct {
	Line    int       `json:"line"` // of the script, from 1
	Text    string    `json:"text"`
	Verb    string    `json:"verb"`
	Time    time.Time `json:"time"`   // when it began
	First   int       `json:"first"`  // the ids of its first message
	Last    int       `json:"last"`   // and of its last; less than First if there is none
	Status  int       `json:"status"` // of the last response that its client had; 0 if it had none
	User    string    `json:"user,omitempty"`
	Outcome *Outcome  `json:"outcome,omitempty"` // of an attack
	Failed  *Fault    `json:"failed,omitempty"`  // an expect line that does not hold
}

// A Fault is what was expected of a run, and what came.
type Fault struct {
	Want string `json:"want"`
	Got  string `json:"got"`
}

// Forever is the Until of what did not end in the time that an outcome looks ahead.
const Forever = -1

// An Outcome is what came of an attack: observed, never known beforehand.
type Outcome struct {
	Attack   string `json:"attack"`
	Applies  bool   `json:"applies"`  // false: it makes no sense against the setup; Why says why not
	Obtained bool   `json:"obtained"` // the attacker holds the credential
	Accepted bool   `json:"accepted"` // the service did what the attacker wanted
	// Until is how many seconds after it was obtained the credential serves, used or not; 0 if it does not, or was not obtained.
	Until   int64         `json:"until_s,omitempty"`
	Noticed bool          `json:"noticed"`            // the service could tell that something is wrong, as long as it was tried
	Why     []check.Check `json:"why,omitempty"`      // what decided
	Decided int           `json:"message,omitempty"`  // the message that the reason is of
	Events  []string      `json:"events,omitempty"`   // what the service noticed
	Held    []Loot        `json:"held,omitempty"`     // what the attacker got
	Request []int         `json:"requests,omitempty"` // the ids of the attack's own requests
}

// A Loot is something that the attacker holds.
type Loot struct {
	Kind  string    `json:"kind"` // "session", "access" or "refresh"
	Value string    `json:"value"`
	From  string    `json:"from"` // where it was, as in "document.cookie" or "localStorage"
	Since time.Time `json:"since"`
}

// A State is how the world stands.
type State struct {
	Now      time.Time     `json:"now"`
	Browser  browser.State `json:"browser"`
	Address  string        `json:"address"`         // of the browser, in the network
	Tab      int           `json:"tab"`             // that the user looks at
	Phone    *Phone        `json:"phone,omitempty"` // the app, if the script has one
	Servers  []Server      `json:"servers"`
	Provider []string      `json:"provider,omitempty"` // who is logged in at the OpenID provider
	Events   []Event       `json:"events"`             // what the services have said, the latest last
	Attacker []Loot        `json:"attacker"`
}

// A Phone is what an app keeps.
type Phone struct {
	Address string           `json:"address"`
	Items   []wire.Field     `json:"items"`
	Cookies []*cookie.Cookie `json:"cookies"`
}

// A Server is one replica of the service.
type Server struct {
	Name     string   `json:"name"`   // "1", "2"…
	Shared   bool     `json:"shared"` // it keeps its logins where the others do
	Reads    int      `json:"reads"`  // how often its store was asked
	Writes   int      `json:"writes"` // and changed
	Octets   int      `json:"octets"` // of all records of the store, without what a program needs around them
	Logins   []Login  `json:"logins"`
	Denied   []Denied `json:"denied"`
	Transfer []string `json:"transfers"` // the latest, newest first, as "alice → mallory: 100"
}

// A Login is a record of a store.
type Login struct {
	ID      string    `json:"id"`
	User    string    `json:"user"`
	Mode    string    `json:"mode"`
	Created time.Time `json:"created"`
	Seen    time.Time `json:"seen"`
	Idle    time.Time `json:"idle"`    // when it ends if it is not used
	Expires time.Time `json:"expires"` // when it ends in any case
	Address string    `json:"address"`
	Secrets int       `json:"secrets"` // how many it has had: a family of refresh tokens has more than one
}

// A Denied is an entry of the deny list.
type Denied struct {
	ID    string    `json:"id"`
	Until time.Time `json:"until"`
}

// An Event is something that a service said of itself, as for its log.
type Event struct {
	Time    time.Time `json:"time"`
	Replica int       `json:"replica"`
	Name    string    `json:"name"`
	Reason  string    `json:"reason,omitempty"`
	User    string    `json:"user,omitempty"`
	Address string    `json:"address,omitempty"`
}
