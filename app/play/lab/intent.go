package lab

import (
	"time"

	"jwtlab/app/lab/scenario"
)

// An Intent is something the user did on the page of the lab, or the answer to an effect.
type Intent interface{ lab() }

// What the user does to the script.
type (
	// Began plays the first script, unless there is one already.
	Began struct{}
	// Did adds a move after the last one that was played; what stood there is dropped.
	Did struct{ Line string }
	// Set says how the world is from the start; an empty value is the usual.
	Set struct{ Verb, Value string }
	// ChoseCredential, ChoseStorage and Toggled change the setup by one thing. All else stays, and is played again.
	ChoseCredential struct{ ID string }
	ChoseStorage    struct{ ID string }
	Toggled         struct{ Defence string }
	// ChoseSetup changes all of the setup.
	ChoseSetup struct{ ID string }
	// Followed does what is suggested.
	Followed struct{}
	// Loaded replaces the script, and plays all of it.
	Loaded struct{ Script string }
	// Received is a script that came with a link.
	Received struct{ Link string }
	// Typed is the script after a change by hand.
	Typed struct{ Text string }
	// Undid and Redid walk through earlier scripts.
	Undid struct{}
	Redid struct{}
)

// What the user does with the time.
type (
	// Seeked goes to where so many moves have been played.
	Seeked struct{ Moves int }
	// Stepped goes so many moves on, or back.
	Stepped struct{ By int }
	// Played plays what is left of the script, or all of it, a move at a time; again, it pauses.
	Played struct{}
	// ChoseSpeed says how fast, in moves a second, as a power of two.
	ChoseSpeed struct{ Speed int }
)

// What the user looks at.
type (
	// Opened shows a message whole, or only its line again.
	Opened struct{ Message int }
	// Selected shows what a thing is and what can be done to it, or hides that.
	Selected struct{ Item Item }
	// ShowedWhole shows long lists to their end.
	ShowedWhole struct{}
	// Inspected opens a token in the debugger.
	Inspected struct{ Token string }
	// Shared puts a link to the script on the clipboard, Copied the script itself; Saved downloads it.
	Shared struct{}
	Copied struct{}
	Saved  struct{}
	// ShowedKeys opens or closes the list of keys, SwitchedKeys says whether single keys do anything.
	ShowedKeys   struct{}
	SwitchedKeys struct{}
)

// What the user asks of the matrix.
type (
	// Idled tells that the page has been there for a moment: the first row is run before it is asked for.
	Idled struct{}
	// AskedMatrix runs every attack on every setup; CanceledMatrix stops that.
	AskedMatrix    struct{}
	CanceledMatrix struct{}
	// Filtered says what of it is shown; Field is "credential", "kind", "setup", "left" or "right".
	Filtered struct{ Field, Value string }
	// OpenedCell plays the run that an outcome came from.
	OpenedCell struct{ Setup, Attack string }
)

// The answers to effects.
type (
	// Ran answers [Run]; Fault says which line could not be played.
	Ran struct {
		Revision int
		Record   scenario.Record
		Fault    *Fault
	}
	// Rested answers [Rest].
	Rested struct{ Revision int }
	// Turned answers [Wait].
	Turned struct{ Turn int }
	// GotRow answers [Row].
	GotRow struct {
		Revision int
		Row      scenario.RowResult
		Failed   bool
	}
)

func (Began) lab()           {}
func (Did) lab()             {}
func (Set) lab()             {}
func (ChoseCredential) lab() {}
func (ChoseStorage) lab()    {}
func (Toggled) lab()         {}
func (ChoseSetup) lab()      {}
func (Followed) lab()        {}
func (Loaded) lab()          {}
func (Received) lab()        {}
func (Typed) lab()           {}
func (Undid) lab()           {}
func (Redid) lab()           {}
func (Seeked) lab()          {}
func (Stepped) lab()         {}
func (Played) lab()          {}
func (ChoseSpeed) lab()      {}
func (Opened) lab()          {}
func (Selected) lab()        {}
func (ShowedWhole) lab()     {}
func (Inspected) lab()       {}
func (Shared) lab()          {}
func (Copied) lab()          {}
func (Saved) lab()           {}
func (ShowedKeys) lab()      {}
func (SwitchedKeys) lab()    {}
func (Idled) lab()           {}
func (AskedMatrix) lab()     {}
func (CanceledMatrix) lab()  {}
func (Filtered) lab()        {}
func (OpenedCell) lab()      {}
func (Ran) lab()             {}
func (Rested) lab()          {}
func (Turned) lab()          {}
func (GotRow) lab()          {}

// An Effect is something to be done outside [Update].
type Effect interface{ effect() }

// The effects.
type (
	// Run plays a script; answered by [Ran].
	Run struct {
		Revision int
		Script   string
	}
	// Rest waits until nobody types; answered by [Rested].
	Rest struct{ Revision int }
	// Wait is answered by [Turned].
	Wait struct {
		Turn  int
		Delay time.Duration
	}
	// Show opens a token in the debugger, at a time.
	Show struct {
		Token string
		Unix  int64
	}
	// Copy puts a text on the clipboard, and says that by a notice.
	Copy struct{ Text, Notice string }
	// Save downloads a text as a file.
	Save struct{ Name, Text string }
	// Keep stores a choice for the next visit.
	Keep struct{ Name, Value string }
	// Tell shows a notice.
	Tell struct {
		ID   string
		Args []string
	}
	// Look brings a region into view.
	Look struct{ Region string }
	// Row runs every attack on a setup, in a Worker; answered by [GotRow].
	Row struct {
		Revision int
		Setup    string
	}
	// Cancel ends the rows that are under way.
	Cancel struct{}
)

func (Run) effect()    {}
func (Rest) effect()   {}
func (Wait) effect()   {}
func (Show) effect()   {}
func (Copy) effect()   {}
func (Save) effect()   {}
func (Keep) effect()   {}
func (Tell) effect()   {}
func (Look) effect()   {}
func (Row) effect()    {}
func (Cancel) effect() {}
