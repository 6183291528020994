package key

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"math/big"
	"slices"
	"strconv"
	"time"

	"filippo.io/mldsa"

	"jwtlab/app/check"
)

// VerifyChain asks whether certificates are a chain: each issued by the next (RFC 7515 §4.1.6), all valid at a time,
// and the last one a root, or issued by one, of those that the caller trusts. There are no other roots: without any, it
// stays unchecked whom the chain comes from. Keys that did not come in a certificate are passed over.
func VerifyChain(keys, roots []Key, now time.Time) []check.Check {
	chain, trusted := certified(keys), certified(roots)
	if len(chain) == 0 {
		return []check.Check{chainCheck(check.Unchecked, "chain.empty")}
	}
	var checks []check.Check
	for i, k := range chain {
		if c, bad := k.Certificate.usable(i, now); bad {
			checks = append(checks, c)
		}
		if i+1 < len(chain) {
			if c, bad := issued(chain[i], chain[i+1], i); bad {
				checks = append(checks, c)
			}
		}
	}
	if len(checks) == 0 {
		checks = append(checks, chainCheck(check.Yes, "chain.links", strconv.Itoa(len(chain))))
	}
	return append(checks, rooted(chain, trusted, now))
}

// ChainCodes returns every code that [VerifyChain] can give.
func ChainCodes() []string {
	return []string{"chain.empty", "chain.links", "chain.early", "chain.expired", "chain.critical", "chain.order", "chain.no-ca",
		"chain.algorithm", "chain.signature", "chain.no-roots", "chain.root", "chain.other-root"}
}

func chainCheck(answer check.Answer, code string, args ...string) check.Check {
	return check.Check{Name: "chain", Answer: answer, Code: code, Args: args, Ref: "RFC 5280 §6.1"}
}

func certified(keys []Key) []Key {
	return slices.DeleteFunc(slices.Clone(keys), func(k Key) bool { return k.Certificate == nil })
}

// usable reports what is wrong with the certificate at that place by itself.
func (c *Certificate) usable(at int, now time.Time) (check.Check, bool) {
	place := strconv.Itoa(at + 1)
	switch {
	case c.NotBefore.IsZero() || now.Before(c.NotBefore):
		return chainCheck(check.No, "chain.early", place, strconv.FormatInt(c.NotBefore.Unix(), 10)), true
	case c.NotAfter.IsZero() || now.After(c.NotAfter):
		return chainCheck(check.No, "chain.expired", place, strconv.FormatInt(c.NotAfter.Unix(), 10)), true
	case c.critical != "":
		return chainCheck(check.No, "chain.critical", place, c.critical), true
	}
	return check.Check{}, false
}

// issued reports why one certificate, at that place, was not issued by the next.
func issued(k, by Key, at int) (check.Check, bool) {
	c, issuer := k.Certificate, by.Certificate
	place := strconv.Itoa(at + 1)
	switch {
	case c.issuer != issuer.subject:
		return chainCheck(check.No, "chain.order", place, clip(c.Issuer), clip(issuer.Subject)), true
	case !issuer.CA || issuer.mayNotSign || issuer.path >= 0 && at > issuer.path:
		return chainCheck(check.No, "chain.no-ca", strconv.Itoa(at+2), clip(issuer.Subject)), true
	}
	verify, ok := c.by.verifier()
	switch {
	case !ok:
		return chainCheck(check.Unchecked, "chain.algorithm", place, c.Algorithm), true
	case by.Type == "RSA" && by.Bits < 1024 || !verify(by.Public, c.signed, c.signature):
		return chainCheck(check.No, "chain.signature", place, clip(issuer.Subject)), true
	}
	return check.Check{}, false
}

// rooted asks whether the chain ends in a root that is trusted.
func rooted(chain, trusted []Key, now time.Time) check.Check {
	last := chain[len(chain)-1]
	name := clip(last.Certificate.Issuer)
	if len(trusted) == 0 {
		return chainCheck(check.Unchecked, "chain.no-roots", name)
	}
	for _, root := range trusted {
		if string(root.Certificate.signed) == string(last.Certificate.signed) && string(root.Certificate.signature) == string(last.Certificate.signature) {
			return chainCheck(check.Yes, "chain.root", clip(root.Certificate.Subject))
		}
		_, unfit := root.Certificate.usable(len(chain), now)
		if _, bad := issued(last, root, len(chain)-1); !bad && !unfit {
			return chainCheck(check.Yes, "chain.root", clip(root.Certificate.Subject))
		}
	}
	return chainCheck(check.No, "chain.other-root", name)
}

// signatures are the algorithms that certificates are signed with (RFC 8017 appendix A.2.4, RFC 5758 §3.2). SHA-1 is
// not among them: whoever can make it collide can make a certificate.
var signatures = []struct {
	oid, name string
	hash      crypto.Hash
}{
	{"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b", "RSA SHA-256", crypto.SHA256},
	{"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c", "RSA SHA-384", crypto.SHA384},
	{"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0d", "RSA SHA-512", crypto.SHA512},
	{"\x2a\x86\x48\xce\x3d\x04\x03\x02", "ECDSA SHA-256", crypto.SHA256},
	{"\x2a\x86\x48\xce\x3d\x04\x03\x03", "ECDSA SHA-384", crypto.SHA384},
	{"\x2a\x86\x48\xce\x3d\x04\x03\x04", "ECDSA SHA-512", crypto.SHA512},
	{"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05", "RSA SHA-1", 0},
	{"\x2a\x86\x48\xce\x3d\x04\x01", "ECDSA SHA-1", 0},
}

func signatureName(a algorithm) string {
	for _, s := range signatures {
		if s.oid == a.oid {
			return s.name
		}
	}
	if c, ok := okpCurveOf(a.oid); ok {
		return c.name
	}
	if set := mldsaSet(a.oid); set >= 0 {
		return mldsaSets[set].name
	}
	if a.oid == oidPSS {
		return "RSASSA-PSS"
	}
	return dotted(a.oid)
}

type verifyFunc func(public crypto.PublicKey, signed, signature []byte) bool

// verifier returns how a signature of the algorithm is verified.
func (a algorithm) verifier() (verifyFunc, bool) {
	if a.oid == oidPSS {
		var k Key
		k.restrictPSS(&der{rest: a.params.rest})
		hash, ok := map[string]crypto.Hash{"PS256": crypto.SHA256, "PS384": crypto.SHA384, "PS512": crypto.SHA512}[k.Alg]
		return hashed(hash, true), ok
	}
	for _, s := range signatures {
		if s.oid == a.oid {
			return hashed(s.hash, false), s.hash != 0
		}
	}
	if c, ok := okpCurveOf(a.oid); ok && (c.name == "Ed25519" || c.name == "Ed448") {
		return unhashed, true
	}
	return unhashed, mldsaSet(a.oid) >= 0
}

func hashed(hash crypto.Hash, pss bool) verifyFunc {
	return func(public crypto.PublicKey, signed, signature []byte) bool {
		h := hash.New()
		h.Write(signed)
		digest := h.Sum(nil)
		switch k := public.(type) {
		case *rsa.PublicKey:
			if pss {
				return rsa.VerifyPSS(k, hash, digest, signature, nil) == nil
			}
			return rsa.VerifyPKCS1v15(k, hash, digest, signature) == nil
		case *ecdsa.PublicKey:
			return ecdsa.VerifyASN1(k, digest, signature)
		case *CurveKey:
			return k.verifyDER(digest, signature)
		}
		return false
	}
}

// verifyDER verifies a signature in the form of X.509 (RFC 3279 §2.2.3).
func (k *CurveKey) verifyDER(digest, signature []byte) bool {
	d := &der{rest: signature}
	s := d.sequence()
	one, two := s.integer(), s.integer()
	size := k.curve.size()
	if !d.finish() || !s.finish() || max(one.BitLen(), two.BitLen()) > 8*size {
		return false
	}
	fill := func(n *big.Int) []byte { return n.FillBytes(make([]byte, size)) }
	return k.Verify(digest, append(fill(one), fill(two)...))
}

func unhashed(public crypto.PublicKey, signed, signature []byte) bool {
	switch k := public.(type) {
	case ed25519.PublicKey:
		return ed25519.Verify(k, signed, signature)
	case Ed448Key:
		return k.Verify(signed, signature)
	case *mldsa.PublicKey:
		return mldsa.Verify(k, signed, signature, nil) == nil
	}
	return false
}
