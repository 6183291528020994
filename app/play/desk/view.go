package desk

import (
	"jwtlab/app/check"
	"jwtlab/app/claims"
	"jwtlab/app/key"
	"jwtlab/app/lint"
	"jwtlab/app/token"
	"jwtlab/app/verdict"
)

// A View is what the page shows of the inputs: plain data, and bounded, however long the texts are.
type View struct {
	Verdict verdict.Verdict `json:"verdict"`
	Groups  []Group         `json:"groups,omitempty"` // the checks, by answer
	Tokens  []Found         `json:"tokens,omitempty"` // every token in the text, when there is more than one
	Form    token.Form      `json:"form,omitempty"`
	Where   string          `json:"where,omitempty"` // what stood around the token, as in "curl"
	Marks   []Mark          `json:"marks,omitempty"` // colours the token's text
	Sizes   []Size          `json:"sizes,omitempty"`
	Header  Pane            `json:"header"`
	Payload Pane            `json:"payload"`
	Keys    []KeyLine       `json:"keys,omitempty"`
	// KeyKind is "none", "secret", "jwk", "jwks" or "pem"; KeyProblems have their ranges in the key's text.
	KeyKind     string          `json:"key_kind,omitempty"`
	KeyProblems []token.Problem `json:"key_problems,omitempty"`
	Alg         string          `json:"alg,omitempty"`
	CanSign     bool            `json:"can_sign,omitempty"`
	Encryptions []string        `json:"encryptions,omitempty"` // what a key at hand can encrypt with
	Times       Times           `json:"times"`
	Inside      []Inside        `json:"inside,omitempty"`   // the tokens inside the token, or behind its encryption
	Findings    []lint.Finding  `json:"findings,omitempty"` // what is unwise about the token
	Profile     claims.Profile  `json:"profile"`
	Held        []Held          `json:"held,omitempty"`   // the disclosures of an SD-JWT
	Hidden      int             `json:"hidden,omitempty"` // digests that no disclosure belongs to
	Locked      bool            `json:"locked,omitempty"` // a private key wants a passphrase, or has it
	// Certificates are those that keys came in, in the order of the text, and Chain is what they prove together.
	Certificates []key.Certificate `json:"certificates,omitempty"`
	Chain        []check.Check     `json:"chain,omitempty"`
	Proof        bool              `json:"proof,omitempty"` // it is a DPoP proof
	ProofNonce   bool              `json:"proof_nonce,omitempty"`
	Length       int               `json:"length"` // bytes of the token itself
}

// A Group is one of the three answers with the checks that it was reached by.
type Group struct {
	Name   string        `json:"name"` // "form", "signature", "acceptance"
	Answer check.Answer  `json:"answer"`
	Checks []check.Check `json:"checks,omitempty"`
}

// Found is one of several tokens in a text.
type Found struct {
	Form  token.Form `json:"form"`
	Found string     `json:"found,omitempty"`
	Text  string     `json:"text"` // its beginning
	// Signature is the answer to this token by itself, empty where it was not asked.
	Signature check.Answer `json:"signature,omitempty"`
}

// Inside is a token inside the token.
type Inside struct {
	Path  string     `json:"path"`
	Form  token.Form `json:"form"`
	Depth int        `json:"depth"`
	Text  string     `json:"text"` // its beginning
}

// A Mark colours a range of a text. Class is a part's name, "dot", "other", or a piece of JSON as in "name".
type Mark struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Class string `json:"class"`
	// Fault is the severity of the worst problem that the range lies in.
	Fault token.Severity `json:"fault,omitempty"`
	Lit   bool           `json:"lit,omitempty"` // what is pointed at lies here
}

// Size is how many characters a part has.
type Size struct {
	Part  token.Part `json:"part"`
	Chars int        `json:"chars"`
}

// A Pane is the header or the payload as JSON.
type Pane struct {
	Text     string          `json:"text"`
	Marks    []Mark          `json:"marks,omitempty"`
	Rows     []Row           `json:"rows,omitempty"`
	Problems []token.Problem `json:"problems,omitempty"` // ranges in Text, when it is under edit
	// Shape is "json" for an object, "value" for other JSON, "text" and "binary" for what is none, "" for nothing there.
	Shape string `json:"shape,omitempty"`
	// Hidden is how many bytes of the text are not shown; a text that is not whole cannot be edited.
	Hidden   int  `json:"hidden,omitempty"`
	Editable bool `json:"editable,omitempty"`
	More     int  `json:"more,omitempty"` // rows that are not shown
}

// A Row explains one member of a header or a payload.
type Row struct {
	Name  string `json:"name"`
	Value string `json:"value"` // its JSON, cut when long
	Known bool   `json:"known,omitempty"`
	Ref   string `json:"ref,omitempty"`
	// Time is the moment that a time claim names, Unix seconds; nil when it names none.
	Time   *int64 `json:"time,omitempty"`
	IsTime bool   `json:"is_time,omitempty"`
	Remark string `json:"remark,omitempty"` // what is odd about a time, a code of package claims
	// Start and End are its range in the pane's text, Source the characters of the token's text that carry it.
	Start  int        `json:"start"`
	End    int        `json:"end"`
	Source token.Span `json:"source"`
}

// A KeyLine describes one key.
type KeyLine struct {
	Type       string `json:"type"`
	Curve      string `json:"curve,omitempty"`
	Bits       int    `json:"bits"`
	Private    bool   `json:"private,omitempty"`
	Format     string `json:"format"`
	Encoding   string `json:"encoding,omitempty"`
	KeyID      string `json:"kid,omitempty"`
	Thumbprint string `json:"thumbprint,omitempty"`
	Used       bool   `json:"used,omitempty"` // it verified the token
	Public     string `json:"public,omitempty"`
	// Strength remarks on what makes it easy to guess or to break.
	Strength []check.Check `json:"strength,omitempty"`
}

// Times lays the token's moments and now on one line, Unix seconds.
type Times struct {
	Shown bool   `json:"shown,omitempty"`
	Low   int64  `json:"low"`
	High  int64  `json:"high"`
	Now   int64  `json:"now"`
	Step  int64  `json:"step"`
	From  *int64 `json:"from,omitempty"`
	Until *int64 `json:"until,omitempty"`
	Iat   *int64 `json:"iat,omitempty"`
}
