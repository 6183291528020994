package sdjwt

import (
	"crypto"
	"strings"

	"jwtlab/app/check"
	"jwtlab/app/token"
)

// An opening is an SD-JWT being put together: the payload, and the disclosures in the places of their digests.
type opening struct {
	hash        crypto.Hash // zero if the algorithm is unknown
	disclosures []Disclosure
	names       []token.Value  // of each disclosure, as written
	values      []token.Value  // of each disclosure
	byDigest    map[string]int // the disclosures
	seen        map[string]bool
	referenced  []bool
	hidden      []Digest
	hiddenCount int

	out    []byte // the payload as far as it is written
	where  []step // the place that is being written
	parent int    // the disclosure whose value is being written, else -1

	faults []check.Check // of digests
	more   int           // faults not listed
	checks []check.Check
}

const (
	maxFaults = 10
	maxHidden = 1000
)

// open reads disclosures and payload and puts the ones into the other.
func open(t token.Token) *opening {
	o := &opening{byDigest: map[string]int{}, seen: map[string]bool{}, parent: -1}
	if text := t.Compact(); !strings.HasSuffix(text, "~") && t.Part(token.PartBinding).Part == "" {
		o.add(no("sd-form", "sd.end", "RFC 9901 §4"))
	}
	payload, refused := readPayload(t.Payload())
	if refused.Code != "" {
		o.add(refused)
	} else {
		var c check.Check
		o.hash, c = hashOf(payload)
		o.add(c)
	}
	for _, s := range t.Segments {
		if s.Part == token.PartDisclosed {
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
	return o
}

func (o *opening) add(c check.Check) { o.checks = append(o.checks, c) }

// readPayload returns the claims set. One that has a name twice is refused: recipients would take different ones
// (RFC 7519 §4), of _sd too.
func readPayload(s token.Segment) (token.Value, check.Check) {
	json, problems := token.ReadJSON(s.Bytes)
	root := json.Root()
	if fault := unsound(problems); root.Kind() != token.Object || fault != "" && fault != "json.duplicate" {
		return token.Value{}, no("sd-payload", "sd.payload", "RFC 9901 §4.1")
	} else if fault != "" {
		return token.Value{}, no("sd-payload", "sd.payload-twice", "RFC 7519 §4")
	}
	return root, check.Check{}
}

// unsound returns the code of what makes a JSON text one that recipients would read differently, empty for nothing.
func unsound(problems []token.Problem) string {
	duplicate := ""
	for _, p := range problems {
		switch p.Code {
		case "json.surrogate": // odd, and yet the same to all
		case "json.duplicate":
			duplicate = p.Code
		default:
			return p.Code
		}
	}
	return duplicate
}

// read reads a disclosure (RFC 9901 §4.2.1 and §4.2.2), and computes its digest.
func (o *opening) read(s token.Segment) {
	json, problems := token.ReadJSON(s.Bytes)
	root := json.Root()
	d := Disclosure{Span: s.Span, Text: s.Text, Parent: -1}
	name, value := d.take(root)
	switch {
	case !s.Strict:
		d.Fault = "sd.base64"
	case unsound(problems) != "":
		d.Fault = "sd.json"
	case !value.Exists():
		d.Fault = "sd.array"
	case first(root).Kind() != token.String:
		d.Fault = "sd.salt"
	case !d.Item && name.Kind() != token.String:
		d.Fault = "sd.name"
	case d.Name == "_sd" || d.Name == "...":
		d.Fault = "sd.reserved"
	}
	if o.hash != 0 {
		d.Digest = digest(o.hash, s.Text)
		if _, twice := o.byDigest[d.Digest]; twice {
			d.Fault = "sd.twice"
		} else {
			o.byDigest[d.Digest] = len(o.disclosures)
		}
	}
	o.disclosures = append(o.disclosures, d)
	o.names, o.values = append(o.names, name), append(o.values, value)
	o.referenced = append(o.referenced, false)
}

// take takes salt, name and value out of the array. The value does not exist if it is none of two or three.
func (d *Disclosure) take(root token.Value) (name, value token.Value) {
	n := root.Len()
	if root.Kind() != token.Array || n < 2 || n > 3 {
		return name, value
	}
	d.Salt = first(root).Text()
	d.Item = n == 2
	i := 0
	for item := range root.Items() {
		switch i++; {
		case i == n:
			value = item
		case i == 2:
			name = item
			d.Name = item.Text()
		}
	}
	d.Value = value.Raw()
	return name, value
}

func first(v token.Value) token.Value {
	for item := range v.Items() {
		return item
	}
	return token.Value{}
}

// judgeDisclosures says what is wrong with disclosures; one that no digest stands for proves nothing (RFC 9901 §7.1).
func (o *opening) judgeDisclosures() {
	if o.hash == 0 {
		o.add(unchecked("disclosures", "sd.untried", "RFC 9901 §7.1"))
		return
	}
	bad := 0
	for i := range o.disclosures {
		d := &o.disclosures[i]
		if d.Fault == "" && !o.referenced[i] {
			d.Fault = "sd.unreferenced"
		}
		if d.Fault == "" {
			continue
		}
		if bad++; bad <= maxFaults {
			o.add(no("disclosures", d.Fault, refs[d.Fault], itoa(i+1), clip(d.Name)))
		}
	}
	switch n := len(o.disclosures); {
	case bad > maxFaults:
		o.add(no("disclosures", "sd.more", "RFC 9901 §7.1", itoa(bad-maxFaults)))
	case bad == 0 && n == 0:
		o.add(yes("disclosures", "sd.match-none", "RFC 9901 §7.1"))
	case bad == 0:
		o.add(yes("disclosures", "sd.match", "RFC 9901 §7.1", itoa(n)))
	}
	o.validity()
}

// refs are where the rules stand that disclosures break.
var refs = map[string]string{
	"sd.base64": "RFC 9901 §4.2.1", "sd.json": "RFC 9901 §4.2.1", "sd.array": "RFC 9901 §4.2", "sd.salt": "RFC 9901 §4.2.1",
	"sd.name": "RFC 9901 §4.2.1", "sd.reserved": "RFC 9901 §7.1", "sd.twice": "RFC 9901 §7.1", "sd.unreferenced": "RFC 9901 §7.1",
	"sd.in-object": "RFC 9901 §7.1", "sd.in-array": "RFC 9901 §7.1", "sd.name-exists": "RFC 9901 §7.1",
}

// validity remarks on claims that the holder should not be able to keep back (RFC 9901 §9.7).
func (o *opening) validity() {
	var names []string
	for _, d := range o.disclosures {
		switch d.Path {
		case "/iss", "/aud", "/exp", "/nbf", "/cnf":
			if d.Shown {
				names = append(names, d.Name)
			}
		}
	}
	if len(names) > 0 {
		o.add(remark("validity", "sd.validity", "RFC 9901 §9.7", strings.Join(names, ", ")))
	}
}

// judgeDigests says what is wrong with digests, or how many are left without a disclosure.
func (o *opening) judgeDigests() {
	const ref = "RFC 9901 §7.1"
	o.checks = append(o.checks, o.faults...)
	switch {
	case o.more > 0:
		o.add(no("digests", "sd.more", ref, itoa(o.more)))
	case len(o.faults) > 0 || o.hash == 0:
	case len(o.seen) == 0:
		o.add(yes("digests", "sd.digests-none", ref))
	case o.hiddenCount > 0:
		o.add(yes("digests", "sd.digests-hidden", ref, itoa(len(o.seen)), itoa(o.hiddenCount)))
	default:
		o.add(yes("digests", "sd.digests-all", ref, itoa(len(o.seen))))
	}
}

func (o *opening) fault(code, ref string, args ...string) {
	if len(o.faults) == maxFaults {
		o.more++
		return
	}
	o.faults = append(o.faults, no("digests", code, ref, args...))
}
