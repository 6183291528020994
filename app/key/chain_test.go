package key_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"jwtlab/app/check"
	"jwtlab/app/key"
)

var noon = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

// An issuer makes certificates with the standard library.
type issuer struct {
	t    *testing.T
	cert *x509.Certificate
	key  crypto.Signer
}

func template(name string, ca bool) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(77), Subject: pkix.Name{CommonName: name, Organization: []string{"A, B"}},
		NotBefore: noon.Add(-time.Hour), NotAfter: noon.Add(time.Hour),
		IsCA: ca, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign, MaxPathLen: -1, DNSNames: []string{"a.example"},
	}
}

func newRoot(t *testing.T, k crypto.Signer) (*issuer, string) {
	i := &issuer{t: t, key: k, cert: template("root", true)}
	text, _ := i.issue(i.cert, k)
	return i, text
}

func (i *issuer) issue(c *x509.Certificate, k crypto.Signer) (string, *issuer) {
	i.t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, c, i.cert, k.Public(), i.key)
	if err != nil {
		i.t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		i.t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})), &issuer{i.t, parsed, k}
}

func signer(t *testing.T, alg string) crypto.Signer { return generate(t, alg).Signer }

// TestChain holds chains to what RFC 5280 §6.1 asks of them.
func TestChain(t *testing.T) {
	rootKey := signer(t, "ES384")
	root, rootText := newRoot(t, rootKey)
	midText, mid := root.issue(template("mid", true), signer(t, "RS256"))
	leafText, _ := mid.issue(template("leaf", false), signer(t, "Ed25519"))
	limited := template("limited", true)
	limited.MaxPathLen, limited.MaxPathLenZero = 0, true
	limitedText, limitedCA := root.issue(limited, signer(t, "ES256"))
	belowText, below := limitedCA.issue(template("below", true), signer(t, "ES256"))
	deepText, _ := below.issue(template("deep", false), signer(t, "ES256"))
	noCAText, noCA := root.issue(template("no ca", false), signer(t, "ES256"))
	underText, _ := noCA.issue(template("under", false), signer(t, "ES256"))
	strange := template("strange", false)
	strange.ExtraExtensions = []pkix.Extension{{Id: []int{1, 2, 3, 4}, Critical: true, Value: []byte{5, 0}}}
	strangeText, _ := root.issue(strange, signer(t, "ES256"))
	forger, _ := newRoot(t, signer(t, "ES384")) // the same name, another key
	forgedText, _ := forger.issue(template("forged", false), signer(t, "ES256"))
	pss := template("pss", false)
	pss.SignatureAlgorithm = x509.SHA384WithRSAPSS
	pssText, _ := mid.issue(pss, signer(t, "ES256"))

	rows := []struct {
		name, chain, roots string
		now                time.Time
		want               string
		answer             check.Answer
	}{
		{"whole", leafText + midText + rootText, rootText, noon, "chain.links 3, chain.root", check.Yes},
		{"without its root", leafText + midText, rootText, noon, "chain.links 2, chain.root", check.Yes},
		{"no root given", leafText + midText + rootText, "", noon, "chain.links 3, chain.no-roots", check.Unchecked},
		{"RSASSA-PSS", pssText + midText, rootText, noon, "chain.links 2, chain.root", check.Yes},
		{"another root", leafText + midText, midText, noon, "chain.links 2, chain.root", check.Yes},
		{"the wrong root", leafText + midText, leafText, noon, "chain.links 2, chain.other-root", check.No},
		{"upside down", midText + leafText, rootText, noon, "chain.order 1", check.No},
		{"a link missing", leafText + rootText, rootText, noon, "chain.order 1", check.No},
		{"late", leafText + midText, rootText, noon.Add(2 * time.Hour), "chain.expired 1", check.No},
		{"early", leafText + midText, rootText, noon.Add(-2 * time.Hour), "chain.early 1", check.No},
		{"no CA", underText + noCAText, rootText, noon, "chain.no-ca 2", check.No},
		{"too long", deepText + belowText + limitedText, rootText, noon, "chain.no-ca 3", check.No},
		{"an extension", strangeText + rootText, rootText, noon, "chain.critical 1 1.2.3.4", check.No},
		{"forged", forgedText + rootText, rootText, noon, "chain.signature 1", check.No},
		{"none", "", rootText, noon, "chain.empty", check.Unchecked},
	}
	for _, row := range rows {
		checks := key.VerifyChain(key.Read(row.chain, key.Auto).Keys, key.Read(row.roots, key.Auto).Keys, row.now)
		var got []string
		for _, c := range checks {
			got = append(got, strings.Join(append([]string{c.Code}, c.Args...), " "))
			if !slices.Contains(key.ChainCodes(), c.Code) {
				t.Errorf("%s: %s is not listed", row.name, c.Code)
			}
		}
		said := strings.Join(got, ", ")
		for _, want := range strings.Split(row.want, ", ") {
			if !strings.Contains(said, want) || check.Sum(checks) != row.answer {
				t.Errorf("%s: %s, %s; want %s, %s", row.name, check.Sum(checks), said, row.answer, row.want)
			}
		}
	}
	if r := key.Read(rootText+midText+leafText, key.Auto); !strings.HasPrefix(codes(r), "cert.reversed CN=mid") {
		t.Errorf("a chain on its head: %s", codes(r))
	}
}

// TestCertificate shows what a certificate says.
func TestCertificate(t *testing.T) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	root, text := newRoot(t, private)
	got := read(t, text).Certificate
	want := key.Certificate{Subject: `CN=root,O=A\, B`, Issuer: `CN=root,O=A\, B`, Serial: "4d", NotBefore: root.cert.NotBefore,
		NotAfter: root.cert.NotAfter, Names: []string{"a.example"}, CA: true, Algorithm: "ECDSA SHA-256"}
	if got.Subject != want.Subject || got.Issuer != want.Issuer || got.Serial != want.Serial || !got.NotBefore.Equal(want.NotBefore) ||
		!got.NotAfter.Equal(want.NotAfter) || !slices.Equal(got.Names, want.Names) || got.CA != want.CA || got.Algorithm != want.Algorithm {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
