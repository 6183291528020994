package client

// An Intent is something the user did on the page of the server, or the answer to an effect.
type Intent interface{ client() }

// The intents.
type (
	// Began tells who answers, and asks whether somebody is logged in already.
	Began struct {
		Place string
		Demo  bool
	}
	// Typed is the text of a field: "name", "password", "to" or "amount".
	Typed struct{ Field, Text string }
	// Filled takes one of the demonstration's accounts.
	Filled struct{ Name, Password string }
	// ChoseMode says how the next login is to be kept.
	ChoseMode struct{ Mode string }
	// ChoseRefresh says where the refresh token of mode token goes.
	ChoseRefresh struct{ Refresh string }
	// Did asks the server for one of [Actions]; ID names the login to end.
	Did struct{ Action, ID string }
	// Answered answers [Send].
	Answered struct {
		Number   int
		Status   int
		Header   []Line
		Body     string
		Failed   bool   // no answer came
		Readable string // what document.cookie tells now
		Now      int64  // Unix seconds
	}
	// Opened shows an exchange whole, or only its first line again.
	Opened struct{ Number int }
	// Inspected opens an access token in the debugger, with the server's keys.
	Inspected struct{ Token string }
	// Cleared forgets the exchanges.
	Cleared struct{}
)

func (Began) client()        {}
func (Typed) client()        {}
func (Filled) client()       {}
func (ChoseMode) client()    {}
func (ChoseRefresh) client() {}
func (Did) client()          {}
func (Answered) client()     {}
func (Opened) client()       {}
func (Inspected) client()    {}
func (Cleared) client()      {}

// An Effect is something to be done outside [Update].
type Effect interface{ effect() }

// The effects.
type (
	// Send asks the service; answered by [Answered].
	Send struct {
		Number       int
		Method, Path string
		Header       []Line
		Body         string
	}
	// Show opens a token in the debugger, with the keys that it should be verified with.
	Show struct{ Token, Keys string }
)

func (Send) effect() {}
func (Show) effect() {}
