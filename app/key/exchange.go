package key

import (
	"crypto/ecdh"
	"crypto/ecdsa"
)

// ECDHPublic returns the public half for a key agreement, and false if the key is not of X25519, P-256, P-384 or P-521
// (RFC 7518 §4.6, RFC 8037 §3.2).
func (k Key) ECDHPublic() (*ecdh.PublicKey, bool) {
	switch public := k.Public.(type) {
	case *ecdh.PublicKey:
		return public, true
	case *ecdsa.PublicKey:
		agreed, err := public.ECDH()
		return agreed, err == nil
	}
	return nil, false
}

// ECDHPrivate returns the private half for a key agreement, and false if there is none, or the key is of another curve
// than [Key.ECDHPublic] knows.
func (k Key) ECDHPrivate() (*ecdh.PrivateKey, bool) {
	if k.Exchange != nil {
		return k.Exchange, true
	}
	if private, ok := k.Signer.(*ecdsa.PrivateKey); ok {
		agreed, err := private.ECDH()
		return agreed, err == nil
	}
	return nil, false
}
