// Package key reads what people paste as a key, and says what it is: a JWK or a JWK Set, PEM, or the text of a secret.
//
// The kind is recognised, never asked for. What cannot be used is refused in words, each fault with its place in the
// text; a text that begins like a JWK or like PEM and is broken is never taken for a secret, because a secret that
// happens to be the text of a key is how HMAC is attacked with a public key (RFC 8725 §2.1). The parts of a key are
// checked against each other before it is given out: a point lies on its curve, a private part belongs to its public
// part, the parts of an RSA key multiply to one another.
//
// The package reads DER by itself: the standard library's X.509 reader is large, stops at the first fault, and knows
// nothing of the places in the text.
//
// Start with [Read]; [Generate] makes a new key.
package key

import (
	"crypto"
	"crypto/ecdh"
	"slices"

	"jwtlab/app/token"
)

// Encoding says how the text of a secret stands for its bytes.
type Encoding string

// The encodings. Auto, the zero value, tries them all.
const (
	Auto      Encoding = ""
	UTF8      Encoding = "utf-8"
	Base64URL Encoding = "base64url"
	Base64    Encoding = "base64"
	Hex       Encoding = "hex"
)

// A Key is one key, sound in itself. The zero value is no key.
type Key struct {
	Type    string `json:"kty"`           // "oct", "RSA", "EC" or "OKP" (RFC 7518 §6.1, RFC 8037 §2)
	Curve   string `json:"crv,omitempty"` // "P-256", "P-384", "P-521", "Ed25519" or "X25519"
	Bits    int    `json:"bits"`          // of the secret, the modulus or the curve
	Private bool   `json:"private"`       // it can sign as well; a secret always can
	Format  string `json:"format"`        // "secret", "jwk", "pkcs1", "pkcs8", "sec1", "spki", "certificate", "ssh", "openssh" or "dsa"

	// Encoding is how the text of a secret was read.
	Encoding Encoding `json:"encoding,omitempty"`
	// Encrypted says that the key was locked with a passphrase.
	Encrypted bool `json:"encrypted,omitempty"`
	// PSS marks an RSA key that its own file limits to RSASSA-PSS (RFC 4055 §1.2).
	PSS bool `json:"pss,omitempty"`

	KeyID string   `json:"kid,omitempty"`     // RFC 7517 §4.5
	Alg   string   `json:"alg,omitempty"`     // RFC 7517 §4.4
	Use   string   `json:"use,omitempty"`     // RFC 7517 §4.2
	Ops   []string `json:"key_ops,omitempty"` // RFC 7517 §4.3

	// Certificate is what the certificate says in which the key came; nil if it came in none.
	Certificate *Certificate `json:"certificate,omitempty"`

	token.Span // in the text of the key

	// Thumbprint is that of RFC 7638, by SHA-256, of the public part. The text of a secret has none: with it, whoever
	// sees it could guess a weak secret (RFC 7638 §7).
	Thumbprint string `json:"thumbprint,omitempty"`

	Public crypto.PublicKey `json:"-"` // *rsa.PublicKey, *ecdsa.PublicKey, ed25519.PublicKey or *ecdh.PublicKey; nil for a secret
	Signer crypto.Signer    `json:"-"` // nil unless the private part is there, and can sign
	Secret []byte           `json:"-"` // of an oct key

	Exchange *ecdh.PrivateKey `json:"-"` // the private part of an X25519 key, which signs nothing (RFC 8037 §3.2)

	x448     []byte // the private part of an X448 key
	explicit bool   // its file gives the curve by numbers
}

// PublicKey returns the public half of the key, and false for a secret, which has none.
func (k Key) PublicKey() (Key, bool) {
	if k.Public == nil {
		return Key{}, false
	}
	k.Private, k.Signer, k.Exchange, k.x448 = false, nil, nil, nil
	if k.Ops != nil {
		k.Ops = publicOps(k.Ops)
	}
	switch k.Format {
	case "pkcs1", "pkcs8", "sec1", "openssh", "dsa":
		k.Format = "spki"
	}
	return k, true
}

// publicOps are the operations of a public key whose private half has these (RFC 7517 §4.3). To agree it needs none
// (RFC 8037 §3.2).
func publicOps(private []string) []string {
	half := map[string]string{"sign": "verify", "decrypt": "encrypt", "unwrapKey": "wrapKey"}
	public := []string{}
	for _, op := range private {
		if other, ok := half[op]; ok {
			op = other
		}
		if op != "deriveKey" && op != "deriveBits" && !slices.Contains(public, op) {
			public = append(public, op)
		}
	}
	return public
}

// A Reading is what a text turned out to be.
type Reading struct {
	Kind     string          `json:"kind"` // "none", "secret", "jwk", "jwks" or "pem"
	Keys     []Key           `json:"keys,omitempty"`
	Problems []token.Problem `json:"problems,omitempty"`
}
