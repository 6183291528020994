package sdjwt_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"jwtlab/app/bound"
	"jwtlab/app/check"
	"jwtlab/app/sdjwt"
	"jwtlab/app/token"
)

// counting is a source of bytes that are all different, and the same every time.
type counting struct{ n uint32 }

func (c *counting) Read(p []byte) (int, error) {
	for i := range p {
		c.n = c.n*1664525 + 1013904223
		p[i] = byte(c.n >> 24)
	}
	return len(p), nil
}

const person = `{"iss":"https://issuer.example", "name" : "앨리스","address":{"street":"1 Main St","city":"Seoul"},"langs":["ko","en"],"n":9007199254740993}`

func issue(t testing.TB, i sdjwt.Issuing) string {
	t.Helper()
	if i.Claims == nil {
		i.Claims = []byte(person)
	}
	i.Alg = "EdDSA"
	text, err := sdjwt.Issue(i, issuer.Keys[0], &counting{})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestIssue issues, verifies, and finds the claims again, whatever is made disclosable.
func TestIssue(t *testing.T) {
	for _, hash := range []string{"", "sha-256", "sha-384", "sha-512"} {
		for _, paths := range [][]string{nil, {"/name"}, {"/name", "/n"}, {"/langs/0", "/langs/1"}, {"/langs", "/langs/1"},
			{"/address", "/address/street", "/address/city"}, {"/iss", "/name", "/address", "/langs", "/n"}} {
			text := issue(t, sdjwt.Issuing{Disclosable: paths, Hash: hash, Typ: "dc+sd-jwt", Decoys: 2})
			r := verify(text)
			if r.Answer != check.Yes || !sameJSON(t, []byte(person), []byte(r.Payload)) {
				t.Errorf("%s %q: %s: %s", hash, paths, r.Payload, reasons(r))
			}
			if !strings.Contains(r.Payload, "9007199254740993") || len(r.Disclosures) != len(paths) || r.HiddenCount != 2 {
				t.Errorf("%s %q: %d disclosures, %d decoys: %s", hash, paths, len(r.Disclosures), r.HiddenCount, r.Payload)
			}
			var got []string
			for _, d := range r.Disclosures {
				got = append(got, d.Path)
				if len(d.Salt) != 22 {
					t.Errorf("the salt %q is not of 128 bits", d.Salt)
				}
			}
			slices.Sort(got)
			want := slices.Sorted(slices.Values(paths))
			if !slices.Equal(got, want) {
				t.Errorf("%s: disclosed %q, want %q", hash, got, want)
			}
			if bare := sdjwt.Present(token.ParseSDJWT(text), nil); strings.Count(bare.Text, "~") != 1 || verify(bare.Text).Answer != check.Yes {
				t.Errorf("%s %q: without disclosures it is %s", hash, paths, bare.Text)
			}
		}
	}
}

func TestIssueRefuses(t *testing.T) {
	public, _ := holder.Keys[0].PublicKey()
	for name, i := range map[string]sdjwt.Issuing{
		"no claims":         {Claims: []byte("[1]")},
		"a name twice":      {Claims: []byte(`{"a":1,"a":2}`)},
		"a reserved name":   {Claims: []byte(`{"a":[{"_sd":[]}]}`)},
		"three dots":        {Claims: []byte(`{"...":1}`)},
		"an _sd_alg":        {Claims: []byte(`{"_sd_alg":"sha-256"}`)},
		"a second cnf":      {Claims: []byte(`{"cnf":{}}`), Holder: public},
		"no such claim":     {Claims: []byte(person), Disclosable: []string{"/nam"}},
		"no such element":   {Claims: []byte(person), Disclosable: []string{"/langs/2"}},
		"no pointer":        {Claims: []byte(person), Disclosable: []string{"name"}},
		"an unknown hash":   {Claims: []byte(person), Hash: "md5"},
		"too many decoys":   {Claims: []byte(person), Decoys: 1001},
		"decoys below zero": {Claims: []byte(person), Decoys: -1},
		"too deep":          {Claims: []byte(`{"a":` + strings.Repeat("[", 1100) + strings.Repeat("]", 1100) + "}")},
	} {
		i.Alg = "EdDSA"
		if text, err := sdjwt.Issue(i, issuer.Keys[0], &counting{}); err == nil || text != "" {
			t.Errorf("%s: %s, %v", name, text, err)
		}
	}
	broken := errors.New("broken")
	i := sdjwt.Issuing{Claims: []byte(person), Disclosable: []string{"/name"}, Alg: "EdDSA"}
	if text, err := sdjwt.Issue(i, issuer.Keys[0], iotest.ErrReader(broken)); !errors.Is(err, broken) || text != "" {
		t.Errorf("without randomness: %s, %v", text, err)
	}
	i.Alg = "HS256"
	if _, err := sdjwt.Issue(i, issuer.Keys[0], &counting{}); err == nil {
		t.Error("an algorithm that is not the key's is taken")
	}
}

// TestPresent toggles every set of disclosures of a token that has them in each other, and verifies what comes out.
func TestPresent(t *testing.T) {
	public, _ := holder.Keys[0].PublicKey()
	full := token.ParseSDJWT(issue(t, sdjwt.Issuing{Holder: public,
		Disclosable: []string{"/name", "/address", "/address/street", "/langs", "/langs/1"}}))
	bound, err := sdjwt.Bind(full, sdjwt.Binding{Alg: "EdDSA", Audience: "shop", Nonce: "n", IssuedAt: now.Unix()}, holder.Keys[0], nil)
	if err != nil {
		t.Fatal(err)
	}
	all := sdjwt.Verify(token.ParseSDJWT(bound), issuer, sdjwt.Options{Bound: true, Audience: "shop", Nonce: "n", Now: now})
	if all.Answer != check.Yes || !all.Bound {
		t.Fatal(reasons(all))
	}
	for set := range 1 << len(all.Disclosures) {
		keep := make([]bool, len(all.Disclosures))
		for i := range keep {
			keep[i] = set>>i&1 == 1
		}
		p := sdjwt.Present(token.ParseSDJWT(bound), keep)
		r := verify(p.Text)
		if r.Answer != check.Yes || p.Unbound == r.Bound {
			t.Errorf("%05b: %s, unbound %v: %s", set, r.Answer, p.Unbound, reasons(r))
		}
		var want []string
		for i, d := range all.Disclosures {
			with := keep[i] && (d.Parent < 0 || keep[d.Parent])
			if p.Kept[i] != with {
				t.Errorf("%05b: kept %v, want %v of %s", set, p.Kept[i], with, d.Path)
			}
			if with {
				want = append(want, d.Path)
			}
		}
		var got []string
		for _, d := range r.Disclosures {
			got = append(got, d.Path)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%05b: shows %q, want %q", set, got, want)
		}
		if set == 1<<len(keep)-1 && p.Text != bound {
			t.Error("with everything kept the text has changed")
		}
	}
	if p := sdjwt.Present(token.Parse("eyJhbGciOiJub25lIn0.e30."), nil); p.Text != "" {
		t.Errorf("a JWT is presented as %s", p.Text)
	}
}

func TestBind(t *testing.T) {
	plain := issue(t, sdjwt.Issuing{Holder: holder.Keys[0], Hash: "sha-512", Disclosable: []string{"/n"}})
	if strings.Contains(verify(plain).Payload, `"d"`) {
		t.Error("the holder's private key is in the token")
	}
	b := sdjwt.Binding{Alg: "EdDSA", Audience: "a\"\n\u20ac", Nonce: "\x01\\", IssuedAt: 5}
	first, err := sdjwt.Bind(token.ParseSDJWT(plain), b, holder.Keys[0], nil)
	if err != nil {
		t.Fatal(err)
	}
	again, err := sdjwt.Bind(token.ParseSDJWT(first), b, holder.Keys[0], nil)
	if err != nil || again != first {
		t.Errorf("bound again it is %s, %v", again, err)
	}
	r := sdjwt.Verify(token.ParseSDJWT(first), issuer, sdjwt.Options{Audience: b.Audience, Nonce: b.Nonce})
	if r.Answer != check.Yes || !r.Bound {
		t.Error(reasons(r))
	}
	for name, text := range map[string]string{"a JWT": "eyJhbGciOiJub25lIn0.e30.", "no tilde": strings.TrimSuffix(plain, "~"),
		"another hash": made(t, `{"_sd_alg":"md5"}`), "no payload": "eyJhbGciOiJFZERTQSJ9..e30~"} {
		if out, err := sdjwt.Bind(token.ParseSDJWT(text), b, holder.Keys[0], nil); err == nil {
			t.Errorf("%s is bound: %s", name, out)
		}
	}
}

// FuzzVerify holds the verifier to its law: with a key that has signed one token, only its disclosures are taken, and the
// payload is JSON whose claims the issuer wrote.
func FuzzVerify(f *testing.F) {
	public, _ := holder.Keys[0].PublicKey()
	full := issue(f, sdjwt.Issuing{Holder: public, Disclosable: []string{"/name", "/address", "/address/street", "/langs/1"}})
	held, err := sdjwt.Bind(token.ParseSDJWT(full), sdjwt.Binding{Alg: "EdDSA", Audience: "a", Nonce: "n", IssuedAt: 1}, holder.Keys[0], nil)
	if err != nil {
		f.Fatal(err)
	}
	parts := strings.Split(held, "~")
	f.Add(full)
	f.Add(held)
	f.Add(parts[0] + "~")
	f.Add(parts[0] + "~" + parts[2] + "~" + parts[1] + "~" + parts[1])
	f.Add(full + b64(`["s",{"_sd":["x"]}]`) + "~" + parts[5])
	f.Add("eyJhbGciOiJub25lIn0.eyJfc2QiOlsieCJdLCJsIjpbeyIuLi4iOiJ5In1dfQ.~WyJzIiwxXQ~")
	f.Fuzz(func(t *testing.T, text string) {
		var r sdjwt.Report
		bound.Memory(t, len(text), 3000, func() { r = verify(text) })
		if r.Payload != "" && !json.Valid([]byte(r.Payload)) {
			t.Errorf("%q: the payload is %s", text, r.Payload)
		}
		if r.Answer != check.Sum(r.Checks) || len(r.Checks) > 60 {
			t.Errorf("%q: %s of %d checks", text, r.Answer, len(r.Checks))
		}
		for i, d := range r.Disclosures {
			if d.Shown == (d.Fault != "") && d.Name != "_sd_alg" && d.Digest != "" && r.Payload != "" {
				t.Errorf("%q: disclosure %d shown %v with fault %q", text, i, d.Shown, d.Fault)
			}
			if d.Parent >= len(r.Disclosures) || d.Parent >= 0 && !slices.Contains(r.Disclosures[d.Parent].Children, i) {
				t.Errorf("%q: disclosure %d has parent %d", text, i, d.Parent)
			}
		}
		if r.Answer != check.Yes {
			return
		}
		for i, part := range strings.Split(text, "~") {
			if i > 0 && part != "" && part != parts[5] && !slices.Contains(parts[1:5], part) || i == 0 && part != parts[0] {
				t.Errorf("%q is taken for genuine", text)
			}
		}
	})
}

// FuzzPresent keeps what is asked for: what it leaves of a sound token is sound, and of any text no more than there was.
func FuzzPresent(f *testing.F) {
	full := issue(f, sdjwt.Issuing{Disclosable: []string{"/name", "/address", "/address/street", "/langs", "/langs/1"}})
	f.Add(full, uint(0x15))
	f.Add(strings.Replace(full, "~", "~e30~", 1), uint(0xff))
	f.Fuzz(func(t *testing.T, text string, set uint) {
		tok := token.ParseSDJWT(text)
		before := verify(text)
		keep := make([]bool, len(before.Disclosures))
		for i := range keep {
			keep[i] = set>>(i%64)&1 == 1
		}
		p := sdjwt.Present(tok, keep)
		if len(p.Text) > len(text)+1 || tok.Form == token.SDJWT && len(p.Kept) != len(keep) {
			t.Fatalf("%q is presented as %q", text, p.Text)
		}
		after := verify(p.Text)
		if before.Answer == check.Yes && after.Answer != check.Yes {
			t.Errorf("%q, sound, becomes %q: %s", text, p.Text, reasons(after))
		}
		for i, kept := range p.Kept {
			if kept && !keep[i] {
				t.Errorf("%q: disclosure %d is there and was not asked for", text, i)
			}
		}
	})
}

// FuzzIssue issues whatever claims it is given, and reads them back.
func FuzzIssue(f *testing.F) {
	f.Add([]byte(person), "/address/street", "/address")
	f.Add([]byte(`{"a/b":{"~":[1,{"":null}]}}`), "/a~1b/~0/1/", "/a~1b/~0/1")
	f.Fuzz(func(t *testing.T, claims []byte, one, other string) {
		i := sdjwt.Issuing{Claims: claims, Disclosable: []string{one, other}, Alg: "EdDSA"}
		text, err := sdjwt.Issue(i, issuer.Keys[0], io.Reader(&counting{}))
		if err != nil || len(text) > token.MaxInput {
			return
		}
		r := verify(text)
		if r.Answer != check.Yes {
			t.Fatalf("%q is not genuine: %s", text, reasons(r))
		}
		var a, b any
		if json.NewDecoder(bytes.NewReader(claims)).Decode(&a) == nil && json.Unmarshal([]byte(r.Payload), &b) == nil && !sameJSON(t, claims, []byte(r.Payload)) {
			t.Errorf("%s became %s", claims, r.Payload)
		}
	})
}
