package desk_test

import (
	"slices"
	"strings"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/lint"
	"jwtlab/app/play/desk"
	"jwtlab/app/token"
)

// TestMend finds the cause of a bad signature, and one click makes the token genuine; undo brings it back.
func TestMend(t *testing.T) {
	u := sit(t).do(example("newline"))
	if len(u.Causes) != 1 || u.Causes[0].Mend == nil {
		t.Fatalf("causes %v", u.Causes)
	}
	u.do(desk.Mended{Index: 0}).answers(check.Yes, check.Yes, check.Yes)
	if len(u.Causes) > 0 {
		t.Error("there is still a cause")
	}
	u.do(desk.Undid{}).answers(check.Yes, check.No, check.Unchecked)
	u.do(desk.Mended{Index: 7}, desk.Mended{Index: -1}).answers(check.Yes, check.No, check.Unchecked)
}

func TestStaleDiagnosisIsDropped(t *testing.T) {
	u := sit(t).do(example("newline"))
	causes := u.Causes
	u.do(example("HS256"), desk.Diagnosed{Revision: u.Revision, Causes: causes}, desk.Rested{Revision: u.Revision})
	if len(u.Causes) > 0 || u.Pending != "" {
		t.Errorf("pending %q, causes %v", u.Pending, u.Causes)
	}
}

// TestDisclosures keeps claims back and shows them again: the presentation changes, the signature does not.
func TestDisclosures(t *testing.T) {
	u := sit(t).do(example("sd-jwt"))
	whole := u.Token
	shown := func() (names []string) {
		for _, h := range u.View.Held {
			if h.Shown {
				names = append(names, h.Path)
			}
		}
		return names
	}
	at := func(path string) int {
		return slices.IndexFunc(u.View.Held, func(h desk.Held) bool { return h.Path == path })
	}
	all := shown()
	if len(all) != 5 || at("/address/locality") < 0 {
		t.Fatalf("disclosures %v", all)
	}
	u.do(desk.ToggledDisclosure{Index: at("/address")}).answers(check.Yes, check.Yes, check.Yes)
	if got := shown(); len(got) != 3 || strings.Contains(u.View.Payload.Text, "서울") || u.Token == whole {
		t.Errorf("without its address the token shows %v: %s", got, u.View.Payload.Text)
	}
	u.do(desk.ToggledDisclosure{Index: at("/address/locality"), Show: true})
	if got := shown(); len(got) != 5 || u.Token != whole {
		t.Errorf("with what stands inside the address the token shows %v", got)
	}
	u.do(desk.ToggledDisclosure{Index: at("/birthdate")}, desk.Undid{})
	if u.Token != whole || len(shown()) != 5 {
		t.Error("undo does not bring back what was kept back")
	}
	u.do(desk.ToggledDisclosure{Index: 99}, desk.ToggledDisclosure{Index: -1})
	if u.Token != whole {
		t.Error("a disclosure that is none changed the token")
	}
}

// TestEncrypted opens a JWE, writes another content into it, and goes from one form to the other and back.
func TestEncrypted(t *testing.T) {
	u := sit(t).do(example("jwe")).says("opened")
	if !strings.Contains(u.View.Payload.Text, "김지우") {
		t.Fatalf("the payload is %q", u.View.Payload.Text)
	}
	first := u.Token
	u.do(desk.TypedPayload{Text: `{"sub":"other"}`}).says("opened")
	if u.Token == first || strings.Count(u.Token, ".") != 4 || u.View.Payload.Text != `{"sub":"other"}` {
		t.Errorf("the token is %q with the payload %q", u.Token, u.View.Payload.Text)
	}
	u.do(desk.ChoseAlg{Alg: "ECDH-ES"}).says("opened")
	if u.View.Alg != "ECDH-ES" {
		t.Errorf("the algorithm is %q", u.View.Alg)
	}
	key := u.Key
	u.do(desk.TypedKey{Text: ""}).says("encrypted").do(desk.TypedKey{Text: "another"}).says("not-opened").do(desk.TypedKey{Text: key}).says("opened")
	u.do(example("HS256"), desk.ChoseAlg{Alg: "PBES2-HS256+A128KW"}).says("opened")
	if u.View.Form != token.JWE || !slices.Contains(u.View.Encryptions, "PBES2-HS256+A128KW") {
		t.Errorf("the form is %q; there are %q", u.View.Form, u.View.Encryptions)
	}
	u.do(desk.ChoseAlg{Alg: "HS256"}).answers(check.Yes, check.Yes, check.Yes)
	if strings.Contains(u.View.Header.Text, "p2s") || strings.Contains(u.View.Header.Text, "enc") {
		t.Errorf("the header still has what belongs to encryption: %s", u.View.Header.Text)
	}
}

// TestInside opens a token that stands inside another, also behind encryption.
func TestInside(t *testing.T) {
	u := sit(t).do(example("HS256"))
	inner := u.Token
	u.do(example("jwe"), desk.TypedPayload{Text: inner}).says("opened-token")
	if len(u.View.Inside) != 1 || u.View.Inside[0].Form != token.JWS {
		t.Fatalf("inside is %v", u.View.Inside)
	}
	u.do(desk.OpenedInside{Path: "no such"}).says("opened-token")
	u.do(desk.OpenedInside{Path: u.View.Inside[0].Path})
	if u.Token != inner {
		t.Errorf("the token is %q", u.Token)
	}
	u.do(desk.Undid{}).says("opened-token")
}

func TestSeveralSignatures(t *testing.T) {
	u := sit(t).do(example("two-signatures"))
	if n := len(u.View.Tokens); n != 2 || u.View.Tokens[0].Signature != check.Yes || u.View.Tokens[1].Signature != check.Yes {
		t.Fatalf("the signatures are %v", u.View.Tokens)
	}
	u.do(desk.ChoseToken{Index: 1}).answers(check.Yes, check.Yes, check.Yes)
	if u.View.Alg != "HS256" {
		t.Errorf("the second signature is by %s", u.View.Alg)
	}
	u.do(desk.TypedKey{Text: "another secret, of 256 bits or more, as RFC 7518 asks"}).answers(check.Yes, check.No, check.Unchecked)
	if u.View.Tokens[0].Signature == check.Yes || u.View.Tokens[1].Signature != check.No {
		t.Errorf("with another key the signatures are %v", u.View.Tokens)
	}
}

func TestAdvice(t *testing.T) {
	u := sit(t).do(example("none"))
	if !slices.ContainsFunc(u.View.Findings, func(f lint.Finding) bool { return f.Code == "alg.none" }) {
		t.Error("there is no advice about a token that nobody signed")
	}
	u.do(example("jwks"))
	if u.View.Profile.ID != "access-token" || u.View.Groups[len(u.View.Groups)-1].Name != "profile" {
		t.Errorf("the kind is %v, the groups are %v", u.View.Profile, u.View.Groups)
	}
}

func TestCode(t *testing.T) {
	u := sit(t).do(example("RS256"), desk.AskedCopy{What: "code"})
	if len(u.copied) > 0 {
		t.Error("there was nothing to copy")
	}
	u.do(desk.ShowedCode{Language: "go"}, desk.AskedCopy{What: "code"})
	if len(u.copied) != 1 || !strings.Contains(u.copied[0], "RS256") || strings.Contains(u.copied[0], "PRIVATE KEY") {
		t.Errorf("copied %q", u.copied)
	}
}

// TestPlaces points at each member by its characters, by its text and back.
func TestPlaces(t *testing.T) {
	u := sit(t).do(example("HS256"))
	for i, r := range u.View.Payload.Rows {
		want := desk.Place{Part: token.PartPayload, Row: i}
		for at := r.Source.Start + 1; at < r.Source.End-1; at++ {
			if got := u.View.At("token", at); got != want {
				t.Errorf("%s: character %d of the token is in %v", r.Name, at, got)
			}
		}
		if u.View.At("payload", r.Start) != want || u.View.At("payload", r.End-1) != want || u.View.At("payload", r.End) == want {
			t.Errorf("%s stands elsewhere", r.Name)
		}
		if got := u.View.Payload.Text[r.Start : r.Start+len(r.Name)+2]; got != `"`+r.Name+`"` {
			t.Errorf("%s begins with %q", r.Name, got)
		}
		u.do(desk.PointedAt{Place: want})
		text, header, payload := u.Lights()
		if lit(text, u.Token) == "" || lit(header, u.View.Header.Text) != "" || !strings.HasPrefix(lit(payload, u.View.Payload.Text), `"`+r.Name+`"`) {
			t.Errorf("%s lights up %q, %q and %q", r.Name, lit(text, u.Token), lit(header, u.View.Header.Text), lit(payload, u.View.Payload.Text))
		}
	}
	u.do(desk.PointedAt{Place: desk.Place{Part: token.PartPayload, Row: 99}})
	if text, _, _ := u.Lights(); lit(text, u.Token) != "" || u.View.At("token", -1) != (desk.Place{}) || u.View.At("key", 3) != (desk.Place{}) {
		t.Error("a place that is none lights up")
	}
}

func lit(marks []desk.Mark, text string) (out string) {
	for _, m := range marks {
		if m.Lit {
			out += text[m.Start:m.End]
		}
	}
	return out
}
