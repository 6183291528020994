package key

import (
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"math/big"
	"strings"

	"filippo.io/mldsa"
)

// thumbprint hashes the members that RFC 7638 §3.2 requires, in the order of their names.
func thumbprint(k Key) string {
	required := k.required()
	if required == nil {
		return ""
	}
	sum := sha256.Sum256([]byte(object(required)))
	return encodeBytes(sum[:])
}

// A jsonMember is a name and a value of which no character needs an escape.
type jsonMember struct{ name, value string }

// required returns the members that make a public key, or a secret, what it is.
func (k Key) required() []jsonMember {
	switch public := k.Public.(type) {
	case *rsa.PublicKey:
		return []jsonMember{{"e", encodeNumber(big.NewInt(int64(public.E)))}, {"kty", "RSA"}, {"n", encodeNumber(public.N)}}
	case *mldsa.PublicKey: // RFC 9964 §6
		return []jsonMember{{"alg", k.Alg}, {"kty", "AKP"}, {"pub", encodeBytes(public.Bytes())}}
	}
	switch k.Type {
	case "EC":
		_, point := k.ecParts()
		if k.stranger() != "" || point == nil {
			return nil
		}
		half := 1 + len(point)/2
		return []jsonMember{
			{"crv", k.Curve}, {"kty", "EC"}, {"x", encodeBytes(point[1:half])}, {"y", encodeBytes(point[half:])},
		}
	case "OKP":
		public, _ := k.octets()
		return []jsonMember{{"crv", k.Curve}, {"kty", "OKP"}, {"x", encodeBytes(public)}}
	case "oct":
		return []jsonMember{{"k", encodeBytes(k.Secret)}, {"kty", "oct"}}
	}
	return nil
}

// object writes members as a JSON object without any white space.
func object(members []jsonMember) string {
	var b strings.Builder
	separator := "{"
	for _, m := range members {
		b.WriteString(separator + `"` + m.name + `":"` + m.value + `"`)
		separator = ","
	}
	return b.String() + "}"
}

func encodeBytes(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// encodeNumber writes a Base64urlUInt, without leading zeros (RFC 7518 §2).
func encodeNumber(n *big.Int) string { return encodeBytes(n.Bytes()) }
