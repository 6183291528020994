package key

import (
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"strings"

	"filippo.io/mldsa"
)

// JWK writes the key as one JWK, with its private part if it has one (RFC 7517 §4). The zero Key gives "{}".
func (k Key) JWK() string {
	members := k.required()
	if members == nil {
		return "{}"
	}
	text := object(append(members, k.privateMembers()...))
	var more strings.Builder
	for _, m := range []jsonMember{{"use", k.Use}, {"alg", k.openAlg()}, {"kid", k.KeyID}} {
		if m.value != "" {
			more.WriteString(`,"` + m.name + `":` + quote(m.value))
		}
	}
	if len(k.Ops) > 0 {
		quoted := make([]string, len(k.Ops))
		for i, op := range k.Ops {
			quoted[i] = quote(op)
		}
		more.WriteString(`,"key_ops":[` + strings.Join(quoted, ",") + "]")
	}
	return text[:len(text)-1] + more.String() + "}"
}

// openAlg is alg where it is not one of the required members already.
func (k Key) openAlg() string {
	if k.Type == "AKP" {
		return ""
	}
	return k.Alg
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""` // never: every string has a JSON form
	}
	return string(b)
}

func (k Key) privateMembers() []jsonMember {
	switch private := k.Signer.(type) {
	case *rsa.PrivateKey:
		p := partsOf(private)
		var members []jsonMember
		for _, m := range p.members()[2:] {
			members = append(members, jsonMember{m.name, encodeNumber(*m.value)})
		}
		return members
	case *mldsa.PrivateKey:
		return []jsonMember{{"priv", encodeBytes(private.Bytes())}}
	}
	if d, _ := k.ecParts(); d != nil {
		return []jsonMember{{"d", encodeBytes(d)}}
	}
	if _, private := k.octets(); private != nil {
		return []jsonMember{{"d", encodeBytes(private)}}
	}
	return nil
}

func partsOf(private *rsa.PrivateKey) rsaParts {
	return rsaParts{
		n: private.N, e: big.NewInt(int64(private.E)), d: private.D, p: private.Primes[0], q: private.Primes[1],
		dp: private.Precomputed.Dp, dq: private.Precomputed.Dq, qi: private.Precomputed.Qinv,
	}
}

// ErrNoPEM says that a key has no form in PEM: a secret has none.
var ErrNoPEM = errors.New("a secret has no PEM form; write it as a JWK or as text")

// PEM writes the key as PKCS #8 if it is private, else as SubjectPublicKeyInfo (RFC 7468 §10 and §13).
func (k Key) PEM() (string, error) {
	switch {
	case k.stranger() != "":
		return "", ErrNoForm
	case k.Private && k.Public != nil:
		return armour("PRIVATE KEY", k.encodePKCS8()), nil
	case k.Public != nil:
		return armour("PUBLIC KEY", k.encodeSPKI()), nil
	}
	return "", ErrNoPEM
}

// armour wraps at 64 characters (RFC 7468 §2).
func armour(label string, der []byte) string {
	var b strings.Builder
	b.WriteString(pemBegin + label + dashes + "\n")
	for text := base64.StdEncoding.EncodeToString(der); text != ""; {
		n := min(64, len(text))
		b.WriteString(text[:n] + "\n")
		text = text[n:]
	}
	b.WriteString(pemEnd + label + dashes + "\n")
	return b.String()
}

// identifier writes the AlgorithmIdentifier of the key.
func (k Key) identifier() []byte {
	switch k.Type {
	case "RSA":
		return encode(tagSequence, encode(tagOID, []byte(oidRSA)), encode(tagNull))
	case "AKP":
		return encode(tagSequence, encode(tagOID, []byte(mldsaSets[mldsaSet(k.Alg)].oid)))
	case "EC":
		return encode(tagSequence, encode(tagOID, []byte(oidEC)), encode(tagOID, []byte(curveOID(k.Curve))))
	}
	c, _ := okpCurveOf(k.Curve)
	return encode(tagSequence, encode(tagOID, []byte(c.oid)))
}

func curveOID(name string) string {
	for _, c := range curveTable {
		if c.name == name {
			return c.oid
		}
	}
	return ""
}

func (k Key) encodeSPKI() []byte {
	var content []byte
	switch public := k.Public.(type) {
	case *rsa.PublicKey:
		content = encode(tagSequence, encodeInteger(public.N), encodeInteger(big.NewInt(int64(public.E))))
	case *mldsa.PublicKey:
		content = public.Bytes()
	default:
		if _, content = k.ecParts(); content == nil {
			content, _ = k.octets()
		}
	}
	return encode(tagSequence, k.identifier(), encode(tagBitString, []byte{0}, content))
}

func (k Key) encodePKCS8() []byte {
	var content []byte
	switch private := k.Signer.(type) {
	case *rsa.PrivateKey:
		content = encodeRSAPrivate(private)
	case *mldsa.PrivateKey:
		content = encode(0x80, private.Bytes()) // the seed (RFC 9881 §6)
	default:
		if d, point := k.ecParts(); d != nil {
			content = encodeECPrivate(d, point)
		} else {
			_, octets := k.octets()
			content = encode(tagOctetString, octets)
		}
	}
	return encode(tagSequence, []byte{tagInteger, 1, 0}, k.identifier(), encode(tagOctetString, content))
}

// encodeRSAPrivate writes an RSAPrivateKey (RFC 8017 appendix A.1.2).
func encodeRSAPrivate(private *rsa.PrivateKey) []byte {
	p := partsOf(private)
	parts := [][]byte{{tagInteger, 1, 0}}
	for _, m := range p.members() {
		parts = append(parts, encodeInteger(*m.value))
	}
	return encode(tagSequence, parts...)
}

// encodeECPrivate writes an ECPrivateKey, with what stands between its private part and its point (RFC 5915 §3).
func encodeECPrivate(d, point []byte, between ...[]byte) []byte {
	parts := append([][]byte{{tagInteger, 1, 1}, encode(tagOctetString, d)}, between...)
	return encode(tagSequence, append(parts, encode(tagContext+1, encode(tagBitString, []byte{0}, point)))...)
}
