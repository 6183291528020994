package desk_test

import (
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"jwtlab/app/check"
	"jwtlab/app/jwe"
	"jwtlab/app/key"
	"jwtlab/app/locale"
	"jwtlab/app/play/desk"
	"jwtlab/app/token"
)

func made(t *testing.T, alg string) key.Key {
	t.Helper()
	k, err := key.Generate(key.Spec{Alg: alg}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// chain is a certificate of a key and the root that issued it.
func chain(t *testing.T, k crypto.Signer) (leaf, root string) {
	t.Helper()
	at := time.Unix(now, 0)
	by := made(t, "ES256").Signer
	ca := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "the root"}, NotBefore: at.Add(-time.Hour),
		NotAfter: at.Add(time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	end := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "the leaf"}, NotBefore: at.Add(-time.Hour),
		NotAfter: at.Add(time.Hour), DNSNames: []string{"a.example"}}
	text := func(c *x509.Certificate, public crypto.PublicKey) string {
		der, err := x509.CreateCertificate(rand.Reader, c, ca, public, by)
		if err != nil {
			t.Fatal(err)
		}
		return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	}
	return text(end, k.Public()), text(ca, by.Public())
}

func answers(checks []check.Check) (codes []string) {
	for _, c := range checks {
		codes = append(codes, string(c.Answer)+" "+c.Code)
	}
	return codes
}

// TestCertificates shows what certificates say and holds their chain to the user's roots, at the time that is set.
func TestCertificates(t *testing.T) {
	k := made(t, "ES256")
	leaf, root := chain(t, k.Signer)
	u := sit(t).do(desk.TypedToken{Text: signedBy(t, "ES256", k, `{"alg":"ES256"}`, `{}`)}, desk.TypedKey{Text: leaf + root})
	u.answers(check.Yes, check.Yes, check.Yes)
	all := u.View.Certificates
	if len(all) != 2 || all[0].Subject != "CN=the leaf" || all[0].Issuer != "CN=the root" ||
		!slices.Equal(all[0].Names, []string{"a.example"}) || all[0].NotAfter.Unix() != now+3600 || !all[1].CA {
		t.Errorf("certificates %+v", all)
	}
	for _, c := range []struct {
		roots string
		moved int64
		want  string
	}{
		{"", 0, "yes chain.links, unchecked chain.no-roots"},
		{"no certificate", 0, "yes chain.links, unchecked chain.roots-unread"},
		{root, 0, "yes chain.links, yes chain.root"},
		{leaf, 0, "yes chain.links, no chain.other-root"},
		{root, 7200, "no chain.expired, no chain.expired, yes chain.root"},
	} {
		u.do(desk.TypedRoots{Text: c.roots}, desk.MovedClock{Unix: now + c.moved})
		got := strings.Join(answers(u.View.Chain), ", ")
		if got != c.want {
			t.Errorf("%d seconds later, roots %.20q: %s, want %s", c.moved, c.roots, got, c.want)
		}
		if look := strings.Join(answers(desk.Look(u.Inputs).Chain), ", "); look != got {
			t.Errorf("looked at as a whole: %s", look)
		}
	}
	u.do(desk.TypedKey{Text: strings.Repeat(leaf, 21)})
	if got := u.View.Chain; len(got) != 1 || got[0].Code != "chain.long" || !slices.Equal(got[0].Args, []string{"21", "20"}) || len(u.View.Certificates) != 20 {
		t.Errorf("of 21 certificates %d are shown, and it says %v", len(u.View.Certificates), got)
	}
	if u.do(desk.TypedKey{Text: "a secret"}); len(u.View.Certificates)+len(u.View.Chain) > 0 {
		t.Error("certificates of a secret")
	}
}

// TestStrength remarks on a key once: not where the checks of the signature say the same.
func TestStrength(t *testing.T) {
	const short = "xK7#pQ"
	for _, c := range []struct{ key, want string }{
		{"a secret of 256 bits or more, as RFC 7518 asks", ""},
		{"my-very-secret-key", "yes strength.guessable"},
		{short, "yes strength.short"},
	} {
		u := sit(t).do(desk.TypedKey{Text: c.key})
		if got := strings.Join(answers(u.View.Keys[0].Strength), ", "); got != c.want {
			t.Errorf("%q: %s, want %s", c.key, got, c.want)
		}
	}
	u := sit(t).do(desk.TypedToken{Text: signedBy(t, "HS256", key.Read(short, key.UTF8).Keys[0], `{"alg":"HS256"}`, `{}`)}, desk.TypedKey{Text: short})
	if got := answers(u.View.Keys[0].Strength); u.View.Verdict.Signature != check.Yes || len(got) > 0 {
		t.Errorf("with a token that the secret fits: %s, %q", u.View.Verdict.Signature, got)
	}
}

// TestForms copies the key at hand in each of its forms: what was copied is the same key, and of the public forms none
// gives the private half away.
func TestForms(t *testing.T) {
	for alg, want := range map[string]string{
		"ES256": "public/jwk public/spki public/ssh private/jwk private/pkcs8 private/sec1 private/openssh",
		"RS256": "public/jwk public/spki public/pkcs1 public/ssh private/jwk private/pkcs8 private/pkcs1 private/openssh",
		"HS256": "secret/jwk secret/base64url secret/base64 secret/hex",
	} {
		k := made(t, alg)
		if alg == "HS256" {
			k.Secret[0] = 0xff // never text
		}
		u := sit(t).do(desk.TypedKey{Text: k.JWK()})
		var got []string
		for _, f := range u.Forms() {
			got = append(got, f.What())
			u.copied = nil
			u.do(desk.AskedCopy{What: f.What()})
			r := key.Read(u.copied[0], key.Auto)
			if len(r.Keys) == 0 || f.Half == "public" && (r.Keys[0].Private || r.Keys[0].Thumbprint != k.Thumbprint) || f.Half == "private" && !r.Keys[0].Private {
				t.Errorf("%s as %s: %+v", alg, f.What(), r)
			}
			for _, l := range locale.Langs() {
				if !locale.Has(l, "ui.convert."+f.Half) || !locale.Has(l, "ui.convert.as."+f.Format) {
					t.Errorf("%s: no words for %s", l, f.What())
				}
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", alg, got, want)
		}
	}
	for _, what := range []string{"private/pkcs8", "public/spki", "secret/none", "/", "private/"} {
		if text := sit(t).do(desk.TypedKey{Text: made(t, "HS256").JWK()}).Text(what); text != "" {
			t.Errorf("%s of a secret: %q", what, text)
		}
	}
}

// TestProof holds a DPoP proof to the request that the user names.
func TestProof(t *testing.T) {
	k := made(t, "ES256")
	public, _ := k.PublicKey()
	public.KeyID, public.Alg, public.Use = "", "", ""
	access := "an access token"
	sum := sha256.Sum256([]byte(access))
	proof := signedBy(t, "ES256", k, `{"typ":"dpop+jwt","alg":"ES256","jwk":`+public.JWK()+`}`,
		`{"jti":"1","htm":"POST","htu":"https://a.example/","iat":1795305600,"nonce":"n","ath":"`+base64.RawURLEncoding.EncodeToString(sum[:])+`"}`)
	u := sit(t).do(desk.TypedToken{Text: proof}).says("proof")
	group := func() desk.Group {
		for _, g := range u.View.Groups {
			if g.Name == "dpop" {
				return g
			}
		}
		return desk.Group{}
	}
	if !u.View.Proof || !u.View.ProofNonce || group().Answer != check.Unchecked {
		t.Fatalf("proof %v, nonce %v, group %+v", u.View.Proof, u.View.ProofNonce, group())
	}
	u.do(desk.ExpectedRequest{Field: "method", Text: "POST"}, desk.ExpectedRequest{Field: "uri", Text: " https://a.example/?q "},
		desk.ExpectedRequest{Field: "token", Text: access}, desk.ExpectedRequest{Field: "nonce", Text: "n"})
	if group().Answer != check.Yes {
		t.Errorf("the right request: %v", answers(group().Checks))
	}
	for field, text := range map[string]string{"method": "GET", "uri": "https://b.example/", "token": "another", "nonce": "m"} {
		before := u.State
		if u.do(desk.ExpectedRequest{Field: field, Text: text}); group().Answer != check.No {
			t.Errorf("%s %q: %v", field, text, answers(group().Checks))
		}
		u.State = before
	}
	u.do(example("HS256"))
	if u.View.Proof || group().Name != "" {
		t.Error("any token is taken for a proof")
	}
}

// TestBytes shows a payload that is no text in rows, at most as many as there is room for.
func TestBytes(t *testing.T) {
	payload := append(slices.Repeat([]byte{0xff}, 15), "A readable end."...)
	u := sit(t).do(desk.TypedToken{Text: "eyJhbGciOiJIUzI1NiJ9." + base64.RawURLEncoding.EncodeToString(payload) + ".AAAA"})
	want := "00000000  ff ff ff ff ff ff ff ff  ff ff ff ff ff ff ff 41  ...............A\n" +
		"00000010  20 72 65 61 64 61 62 6c  65 20 65 6e 64 2e         readable end.\n"
	if p := u.View.Payload; p.Text != want || p.Shape != "binary" || p.Editable || p.Hidden != 0 {
		t.Errorf("shown as %s, %d hidden, editable %v:\n%s", p.Shape, p.Hidden, p.Editable, p.Text)
	}
	long := slices.Repeat([]byte{0xfe}, 64<<10)
	u.do(desk.TypedToken{Text: "eyJhbGciOiJIUzI1NiJ9." + base64.RawURLEncoding.EncodeToString(long) + ".AAAA"})
	if p := u.View.Payload; len(p.Text) > 16<<10 || p.Hidden == 0 || strings.Count(p.Text, "\n")*16+p.Hidden != len(long) {
		t.Errorf("%d bytes of rows, %d bytes hidden", len(p.Text), p.Hidden)
	}
}

// TestGenerateForEncryption makes a key for each algorithm of encryption and encrypts the token with it.
func TestGenerateForEncryption(t *testing.T) {
	for _, a := range jwe.Algorithms() {
		for _, curve := range []string{"", "P-256", "X25519"} {
			if a.Type != "EC" && curve != "" {
				continue
			}
			u := sit(t).do(example("jwe"), desk.AskedKey{Alg: a.Name, Curve: curve}).says("opened")
			if got := token.Parse(u.Token).Header().JSON.Root().Get("alg").Text(); got != a.Name || !strings.Contains(u.View.Payload.Text, "김지우") {
				t.Errorf("%s: the token is for %q and says %q", a.Name, got, u.View.Payload.Text)
			}
			if curve != "" && u.View.Keys[0].Curve != curve {
				t.Errorf("%s: a key on %s, want %s", a.Name, u.View.Keys[0].Curve, curve)
			}
			if u.Notice.ID != "generated-jwe" || !slices.Equal(u.Notice.Args, []string{a.Name}) {
				t.Errorf("%s: notice %v", a.Name, u.Notice)
			}
		}
	}
}
