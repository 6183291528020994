package sdjwt

import (
	"crypto"
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/token"
)

// An opening is an SD-JWT being put together: the payload, and the disclosures in the places of their digests.
type opening struct {
	check.List
	token       token.Token
	hash        crypto.Hash // zero if the algorithm is unknown
	disclosures []Disclosure
	parts       []part         // of each disclosure
	byDigest    map[string]int // the disclosures
	seen        map[string]bool
	hidden      []Digest
	hiddenCount int

	out    []byte // the payload as far as it is written
	where  []step // the place that is being written
	parent int    // the disclosure whose value is being written, else -1

	digests check.List // what is wrong with digests
	more    int        // faults not listed there
}

// A part is what is kept of a disclosure until the payload is written.
type part struct {
	name, value token.Value
	referenced  bool // a digest stands for it
}

const (
	maxFaults = 10
	maxHidden = 1000
)

// open reads disclosures and payload and puts the ones into the other.
func (o *opening) open() {
	o.byDigest, o.seen, o.parent = map[string]int{}, map[string]bool{}, -1
	o.digests.Rules = o.Rules
	if !strings.HasSuffix(o.token.Compact(), "~") && o.token.Part(token.PartBinding).Part == "" {
		o.No("sd.end")
	}
	payload := readClaims(o.token.Payload(), &o.List)
	if payload.Exists() {
		o.hash = hashOf(payload, &o.List)
	}
	for i := range o.token.Segments {
		if s := &o.token.Segments[i]; s.Part == token.PartDisclosed {
			o.read(s)
		}
	}
	if payload.Exists() {
		o.value(payload)
	}
	o.judgeDisclosures()
	if payload.Exists() {
		o.judgeDigests()
	}
}

// readClaims returns a claims set. One that has a name twice is refused: recipients would take different ones
// (RFC 7519 §4), of _sd too.
func readClaims(s token.Segment, checks *check.List) token.Value {
	json, problems := token.ReadJSON(s.Bytes)
	root, fault := json.Root(), unsound(problems)
	switch {
	case root.Kind() != token.Object || fault != "" && fault != "json.duplicate":
		checks.No("sd.payload")
	case fault != "":
		checks.No("sd.payload-twice")
	default:
		return root
	}
	return token.Value{}
}

// unsound returns the code of what makes a JSON text one that recipients would read differently, empty for nothing.
func unsound(problems []token.Problem) string {
	duplicate := ""
	for i := range problems {
		switch code := problems[i].Code; code {
		case "json.surrogate": // odd, and yet the same to all
		case "json.duplicate":
			duplicate = code
		default:
			return code
		}
	}
	return duplicate
}

// read reads a disclosure (RFC 9901 §4.2.1 and §4.2.2), and computes its digest.
func (o *opening) read(s *token.Segment) {
	at := len(o.disclosures)
	o.disclosures, o.parts = append(o.disclosures, Disclosure{}), append(o.parts, part{})
	d, p := &o.disclosures[at], &o.parts[at]
	d.Span, d.Text, d.Parent = s.Span, s.Text, -1
	json, problems := token.ReadJSON(s.Bytes)
	salt := d.take(json.Root(), p)
	switch {
	case !s.Strict:
		d.Fault = "sd.base64"
	case unsound(problems) != "":
		d.Fault = "sd.json"
	case !p.value.Exists():
		d.Fault = "sd.array"
	case salt.Kind() != token.String:
		d.Fault = "sd.salt"
	case !d.Item && p.name.Kind() != token.String:
		d.Fault = "sd.name"
	case d.Name == "_sd" || d.Name == "...":
		d.Fault = "sd.reserved"
	}
	if o.hash == 0 {
		return
	}
	d.Digest = digest(o.hash, s.Text)
	if _, twice := o.byDigest[d.Digest]; twice {
		d.Fault = "sd.twice"
		return
	}
	o.byDigest[d.Digest] = at
}

// take takes salt, name and value out of the array. The value does not exist if it is none of two or three.
func (d *Disclosure) take(root token.Value, p *part) (salt token.Value) {
	n := root.Len()
	if root.Kind() != token.Array || n < 2 || n > 3 {
		return salt
	}
	i := 0
	for item := range root.Items() {
		switch i++; {
		case i == 1:
			salt = item
		case i == n:
			p.value = item
		default:
			p.name = item
		}
	}
	d.Salt, d.Item, d.Name, d.Value = salt.Text(), n == 2, p.name.Text(), p.value.Raw()
	return salt
}

// judgeDisclosures says what is wrong with disclosures; one that no digest stands for proves nothing (RFC 9901 §7.1).
func (o *opening) judgeDisclosures() {
	if o.hash == 0 {
		o.Unchecked("sd.untried")
		return
	}
	bad, validity := 0, ""
	for i := range o.disclosures {
		d := &o.disclosures[i]
		if d.Fault == "" && !o.parts[i].referenced {
			d.Fault = "sd.unreferenced"
		}
		if d.Fault == "" {
			validity += essential(d)
			continue
		}
		if bad++; bad <= maxFaults {
			o.No(d.Fault, itoa(i+1), clip(d.Name))
		}
	}
	switch n := len(o.disclosures); {
	case bad > maxFaults:
		o.No("sd.more", itoa(bad-maxFaults))
	case bad > 0:
	case n == 0:
		o.Yes("sd.match-none")
	default:
		o.Yes("sd.match", itoa(n))
	}
	if validity != "" {
		o.Remark("sd.validity", validity[len(", "):])
	}
}

// essential names a claim that the holder should not be able to keep back (RFC 9901 §9.7), behind a comma.
func essential(d *Disclosure) string {
	switch d.Path {
	case "/iss", "/aud", "/exp", "/nbf", "/cnf":
		return ", " + d.Name
	}
	return ""
}

// judgeDigests says what is wrong with digests, or how many are left without a disclosure.
func (o *opening) judgeDigests() {
	o.Checks = append(o.Checks, o.digests.Checks...)
	switch {
	case o.more > 0:
		o.No("sd.digests-more", itoa(o.more))
	case len(o.digests.Checks) > 0 || o.hash == 0:
	case len(o.seen) == 0:
		o.Yes("sd.digests-none")
	case o.hiddenCount > 0:
		o.Yes("sd.digests-hidden", itoa(len(o.seen)), itoa(o.hiddenCount))
	default:
		o.Yes("sd.digests-all", itoa(len(o.seen)))
	}
}

// fault notes what is wrong with a digest.
func (o *opening) fault(code, arg string) {
	if len(o.digests.Checks) == maxFaults {
		o.more++
		return
	}
	o.digests.No(code, clip(arg))
}
