// Package client is the page's client of the login service as data: what was typed, which requests went out, what came back,
// and where what is left of a login lies.
//
// [State] is plain data and [Update] is pure; requests go out as [Send] effects and come back as [Answered]. Whether they
// go to a real server or to the service inside the page, this package does not know but for what it has to say of it.
package client

// State is everything that the page of the server knows. It begins with [New].
type State struct {
	Lang     string `json:"lang"`  // in which problems are to be worded
	Place    string `json:"place"` // who answers: "" not known yet, "server", or "page": the service inside the page
	Demo     bool   `json:"demo"`  // the demonstration's accounts are there
	Name     string `json:"name"`
	Password string `json:"-"`
	Mode     string `json:"mode"`    // "session", "cookie" or "token"
	Refresh  string `json:"refresh"` // in mode token: "body" or "cookie"
	To       string `json:"to"`
	Amount   string `json:"amount"`

	Who      *Who     `json:"who,omitempty"` // nil for nobody
	Held     Held     `json:"-"`
	Cookies  []Cookie `json:"cookies,omitempty"` // that the server has set since the page was opened
	Readable string   `json:"-"`                 // what document.cookie tells
	Logins   []Login  `json:"logins,omitempty"`  // of the user, as the server lists them
	More     bool     `json:"more,omitempty"`    // there are others that are not in the list

	Exchanges []Exchange `json:"-"` // the newest last
	Open      int        `json:"-"` // the number of the exchange that is shown whole, 0 for none
	Said      Said       `json:"said"`
	// Pending counts the requests under way.
	Pending int `json:"pending"`
	sent    int
	tokens  map[int]string // access tokens to be opened, by the number of the request for the keys
}

// New is the state of a page that has just been opened.
func New() State { return State{Mode: "session", Refresh: "body"} }

// Who is what GET /api/me answers.
type Who struct {
	User  string `json:"user"`
	Role  string `json:"role"`
	Mode  string `json:"mode"`
	Login string `json:"login"`
	Until string `json:"until"` // RFC 3339
	CSRF  string `json:"csrf_token"`
}

// Held are the tokens that the script of the page holds, in its memory alone.
type Held struct {
	Access, Refresh string
	Expires         int64 // Unix seconds
}

// A Login is one of the user's own, as GET /api/sessions lists it.
type Login struct {
	ID      string `json:"id"`
	Mode    string `json:"mode"`
	Created string `json:"created"` // RFC 3339, as the next two
	Seen    string `json:"seen"`
	Expires string `json:"expires"`
	Address string `json:"address"`
	Current bool   `json:"current"`
}

// An Exchange is a request and its answer.
type Exchange struct {
	Number  int
	Action  string // one of [Actions]
	Own     bool   // the page asked by itself, to show what is true now
	Method  string
	Path    string
	Sent    []Line   // headers that the script has set
	Added   []string // names of cookies that the browser is known to have added
	Body    string   // without the password
	Status  int      // 0 while there is no answer
	Got     []Line   // headers that a script may read
	Set     []Cookie // cookies that the answer sets or takes away
	Answer  string
	Failed  bool // no answer came at all
	Token   string
	Problem Problem
}

// A Line is a header line.
type Line struct{ Name, Value string }

// A Problem is what a problem document says (RFC 9457), and how long to wait before asking again.
type Problem struct {
	Title string `json:"title"`
	After string `json:"-"` // seconds, of Retry-After
}

// Said is how the last thing that the user asked for went.
type Said struct {
	Action string  `json:"action,omitempty"`
	Status int     `json:"status,omitempty"`
	Failed bool    `json:"failed,omitempty"`
	Why    Problem `json:"why"`
}

// kept is how many exchanges are kept, and maxBody how much of a body is shown.
const (
	kept    = 40
	maxBody = 16 << 10
)
