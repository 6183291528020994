package desk

import "jwtlab/app/key"

// An Intent is something the user did, or the answer to an effect.
type Intent interface{ desk() }

// What the user does to the texts.
type (
	// TypedToken is the token's text after a change by hand, by paste or by drop.
	TypedToken struct{ Text string }
	// Received is a token that came with a link: it takes the whole desk, and is one step back.
	Received struct{ Text string }
	// TypedKey is the key's text.
	TypedKey struct{ Text string }
	// TypedPassphrase is the passphrase of a locked key.
	TypedPassphrase struct{ Text string }
	// TypedRoots is the text of the certificates that a chain may end in.
	TypedRoots struct{ Text string }
	// TypedHeader is the header's JSON.
	TypedHeader struct{ Text string }
	// TypedPayload is the payload's JSON.
	TypedPayload struct{ Text string }
	// ChoseEncoding says how the secret is to be read.
	ChoseEncoding struct{ Encoding key.Encoding }
	// ChoseAlg sets the header's alg.
	ChoseAlg struct{ Alg string }
	// ChoseToken picks one of several tokens found.
	ChoseToken struct{ Index int }
	// ChoseExample replaces token and key.
	ChoseExample struct{ ID string }
	// SetClaim adds a member to the payload or gives it another value, a piece of JSON.
	SetClaim struct{ Name, Value string }
	// AddedClaim adds a claim of the name, with a value that suits it.
	AddedClaim struct{ Name string }
	// RemovedClaim takes a member out of the payload.
	RemovedClaim struct{ Name string }
	// ToggledDisclosure shows a disclosure of an SD-JWT or keeps it back.
	ToggledDisclosure struct {
		Index int
		Show  bool
	}
	// OpenedInside puts the token inside the token, at that path, in its place.
	OpenedInside struct{ Path string }
	// Cleared empties the desk.
	Cleared struct{}
	// Undid and Redid walk through earlier inputs.
	Undid struct{}
	Redid struct{}
)

// What the user asks about a token.
type (
	// MovedClock judges the claims at another time, Unix seconds.
	MovedClock struct{ Unix int64 }
	// ResetClock goes back to the real time.
	ResetClock struct{}
	// ExpectedIssuer says which iss is asked for; empty for any.
	ExpectedIssuer struct{ Text string }
	// ExpectedAudience says which aud is asked for; empty for any.
	ExpectedAudience struct{ Text string }
	// ExpectedLeeway says how many seconds clocks may differ by.
	ExpectedLeeway struct{ Text string }
	// ExpectedRequest says what the request has that a DPoP proof should be for; Field is "method", "uri", "token" or
	// "nonce".
	ExpectedRequest struct{ Field, Text string }
	// ShowedAll shows long texts to their end.
	ShowedAll struct{}
	// ShowedCode shows how to verify the token in a language, or with none nothing.
	ShowedCode struct{ Language string }
	// Ticked tells the real time, Unix seconds.
	Ticked struct{ Unix int64 }
)

// What the user asks to be made, and the answers to effects.
type (
	// AskedKey generates a key for the algorithm; Bits is of an RSA modulus, 0 for the usual, and Curve matters only to
	// the algorithms that leave it open.
	AskedKey struct {
		Alg   string
		Bits  int
		Curve string
	}
	// Canceled ends the long work under way.
	Canceled struct{}
	// AskedCopy copies one of the texts that [State.Text] knows.
	AskedCopy struct{ What string }
	// Noticed reports how an effect outside the desk went, as in "copied".
	Noticed struct {
		ID   string
		Args []string
	}
	// Signed answers [Sign]: the token, or the reason why there is none.
	Signed struct {
		Revision int
		Token    string
		Reason   string
	}
	// Generated answers [Generate] with the key's text.
	Generated struct {
		Revision int
		Alg      string
		Key      string
		Failed   string
	}
	// Looked answers [LookFor] with what a long token looks like.
	Looked struct {
		Revision int
		View     View
		Failed   string
	}
	// Advanced tells how far long work has come.
	Advanced struct{ Progress }
)

func (Received) desk()          {}
func (TypedToken) desk()        {}
func (TypedKey) desk()          {}
func (TypedPassphrase) desk()   {}
func (TypedRoots) desk()        {}
func (TypedHeader) desk()       {}
func (TypedPayload) desk()      {}
func (ChoseEncoding) desk()     {}
func (ChoseAlg) desk()          {}
func (ChoseToken) desk()        {}
func (ChoseExample) desk()      {}
func (SetClaim) desk()          {}
func (AddedClaim) desk()        {}
func (RemovedClaim) desk()      {}
func (ToggledDisclosure) desk() {}
func (OpenedInside) desk()      {}
func (ShowedCode) desk()        {}
func (Cleared) desk()           {}
func (Undid) desk()             {}
func (Redid) desk()             {}
func (MovedClock) desk()        {}
func (ResetClock) desk()        {}
func (ExpectedIssuer) desk()    {}
func (ExpectedAudience) desk()  {}
func (ExpectedLeeway) desk()    {}
func (ExpectedRequest) desk()   {}
func (ShowedAll) desk()         {}
func (Ticked) desk()            {}
func (AskedKey) desk()          {}
func (Canceled) desk()          {}
func (AskedCopy) desk()         {}
func (Noticed) desk()           {}
func (Signed) desk()            {}
func (Generated) desk()         {}
func (Looked) desk()            {}
func (Advanced) desk()          {}

// An Effect is something to be done outside [Update]; the page does it and answers with an intent.
type Effect interface{ effect() }

// The effects.
type (
	// Sign asks for a signature; answered by [Signed].
	Sign struct {
		Revision        int
		Alg             string
		Header, Payload []byte
		Key             key.Key
	}
	// Generate asks for a key; answered by [Generated]. Curve and Enc are for algorithms of encryption.
	Generate struct {
		Revision   int
		Alg        string
		Bits       int
		Curve, Enc string
	}
	// LookFor asks for [Look] off the page's thread, because the text is long; answered by [Looked].
	LookFor struct {
		Revision int
		Inputs   Inputs
	}
	// CancelWork ends the long work under way.
	CancelWork struct{}
	// Copy puts a text on the clipboard; answered by [Noticed].
	Copy struct{ Text, Notice string }
)

func (Sign) effect()       {}
func (Generate) effect()   {}
func (LookFor) effect()    {}
func (CancelWork) effect() {}
func (Copy) effect()       {}
