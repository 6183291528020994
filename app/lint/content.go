package lint

import (
	"strings"

	"jwtlab/app/claims"
	"jwtlab/app/token"
)

const (
	deepest    = 32      // levels; beyond, common readers give up
	safeInt    = 1 << 53 // the first integer whose neighbour JavaScript cannot tell from it (RFC 8259 §6)
	mostValues = 100_000 // of a payload that are looked at
	mostText   = 4096    // bytes of a string in which patterns are looked for
)

// A walker goes through all values of a payload once.
type walker struct {
	*linter
	left            int
	contact, person seen
}

// A seen is the names of one sort that were found, and where the first of them stands.
type seen struct {
	names []string
	first token.Value
}

func (s *seen) add(name string, v token.Value) {
	if s.names == nil {
		s.first = v
	}
	if len(s.names) < 6 {
		s.names = append(s.names, name)
	}
}

// content looks at every value of the payload, at any depth. The payload can be read by whoever has the token: base64url
// is no encryption.
func (l *linter) content() {
	w := &walker{linter: l, left: mostValues}
	w.visit("", l.payload.JSON.Root(), 1)
	// ID tokens, credentials and answers about tokens are there to tell about people.
	if l.profile.ID == claims.IDToken || l.kept || l.profile.ID == "introspection" {
		return
	}
	if w.contact.names != nil {
		l.inPayload("personal.contact", w.contact.first, strings.Join(w.contact.names, ", "))
	}
	if w.person.names != nil {
		l.inPayload("personal.person", w.person.first, strings.Join(w.person.names, ", "))
	}
}

// visit looks at a value, its name being that of the member it is in.
func (w *walker) visit(name string, v token.Value, depth int) {
	if w.left--; w.left < 0 {
		return
	}
	switch v.Kind() {
	case token.Object, token.Array:
		if depth == deepest+1 {
			w.inPayload("json.deep", v)
		}
		w.children(name, v, depth)
	case token.String:
		if text := v.Text(); text != "" {
			w.named(name, v, text)
			w.text(name, v, text)
		}
	case token.Number:
		w.number(name, v)
	}
}

func (w *walker) children(name string, v token.Value, depth int) {
	if v.Kind() == token.Array {
		for item := range v.Items() {
			w.visit(name, item, depth+1)
		}
		return
	}
	if v.Get("kty").Exists() {
		if member, private := privateMember(v); private {
			w.inPayload("leak.value", member, "JWK")
		}
	}
	for n, value := range v.Members() {
		inner := n.Text()
		w.visit(inner, value, depth+1)
	}
}

// number looks for integers that JavaScript rounds, and for numbers of cards.
func (w *walker) number(name string, v token.Value) {
	raw := v.Raw()
	if strings.ContainsAny(raw, ".eE") {
		return
	}
	i, ok := v.Int()
	if !ok && len(raw) > 18 || ok && (i > safeInt || i < -safeInt) {
		w.inPayload("number.big", v, name, raw)
	}
	if isCard(name, raw) {
		w.inPayload("personal.card", v)
	}
}

// secretNames are what a member is called whose value nobody else may know; plain names, see [plainName].
const secretNames = " password passwd pwd passphrase passcode userpassword secret clientsecret apikey apisecret secretkey privatekey " +
	"secretaccesskey refreshtoken accesstoken connectionstring dbpassword mfasecret totpsecret "

// contactNames and personNames are what personal data is called; nationalNames, what a state numbers its people by.
const (
	contactNames = " email mail emailaddress phone phonenumber mobile mobilenumber telephone msisdn address streetaddress " +
		"homeaddress upn "
	personNames   = " name fullname givenname firstname familyname lastname surname birthdate birthday dob dateofbirth gender nationality "
	nationalNames = " ssn socialsecuritynumber rrn residentregistrationnumber nationalid passportnumber passportno jumin 주민등록번호 "
)

// named judges a string by the name of its member.
func (w *walker) named(name string, v token.Value, text string) {
	n := plainName(clip(name))
	is := func(list string) bool { return n != "" && strings.Contains(list, " "+n+" ") }
	switch {
	case is(secretNames):
		w.inPayload("leak.member", v, name)
	case is(nationalNames):
		w.inPayload("personal.national", v)
	case is(contactNames):
		w.contact.add(name, v)
	case is(personNames):
		w.person.add(name, v)
	}
}

// text judges a string by itself.
func (w *walker) text(name string, v token.Value, text string) {
	if kind, ok := credentialKind(text); ok {
		w.inPayload("leak.value", v, kind)
	}
	if len(text) > mostText {
		return
	}
	switch plain := plainName(clip(name)); {
	case strings.Contains(nationalNames, " "+plain+" "):
	case isResidentNumber(text), isSocialSecurity(text):
		w.inPayload("personal.national", v)
	case isCard(plain, text):
		w.inPayload("personal.card", v)
	case isEmail(text) && name != "sub" && !strings.Contains(contactNames, " "+plain+" "):
		w.contact.add(name, v)
	}
}
