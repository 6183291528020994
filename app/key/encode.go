package key

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"
)

// Formats lists what [Key.Encode] can write, in the order in which people ask for it.
func Formats() []string {
	return []string{"jwk", "pkcs8", "spki", "pkcs1", "sec1", "ssh", "openssh", "text", "base64url", "base64", "hex"}
}

// ErrNoForm says that a key cannot be written in a format: the format is for keys of another kind, or for the other half.
var ErrNoForm = errors.New("the key has no such form")

// Encode writes the key in one of the [Formats]. A format of public keys writes the public half of a private one; a
// format of private keys never makes up what is not there.
func (k Key) Encode(format string) (string, error) {
	if len(k.required()) == 0 {
		return "", ErrNoForm // of another world than JOSE's, or the zero Key
	}
	switch format {
	case "jwk":
		return k.JWK(), nil
	case "pkcs8":
		if k.Private && k.Public != nil {
			return k.PEM()
		}
	case "spki":
		if half, ok := k.PublicKey(); ok {
			return half.PEM()
		}
	case "pkcs1":
		return k.encodePKCS1()
	case "sec1":
		return k.encodeSEC1()
	case "ssh":
		return k.encodeSSH()
	case "openssh":
		return k.encodeOpenSSH()
	case "text", "base64url", "base64", "hex":
		return k.encodeSecret(format)
	default:
		return "", fmt.Errorf("no format is named %q; use one of %s", format, strings.Join(Formats(), ", "))
	}
	return "", ErrNoForm
}

func (k Key) encodePKCS1() (string, error) {
	if private, ok := k.Signer.(*rsa.PrivateKey); ok {
		return armour("RSA PRIVATE KEY", encodeRSAPrivate(private)), nil
	}
	if public, ok := k.Public.(*rsa.PublicKey); ok {
		return armour("RSA PUBLIC KEY", encode(tagSequence, encodeInteger(public.N), encodeInteger(big.NewInt(int64(public.E))))), nil
	}
	return "", ErrNoForm
}

// encodeSEC1 writes an ECPrivateKey that names its curve (RFC 5915 §4).
func (k Key) encodeSEC1() (string, error) {
	d, point := k.ecParts()
	if d == nil {
		return "", ErrNoForm
	}
	curve := encode(tagContext, encode(tagOID, []byte(curveOID(k.Curve))))
	return armour("EC PRIVATE KEY", encodeECPrivate(d, point, curve)), nil
}

// ecParts returns the private part and the point of an EC key; either is nil if there is none.
func (k Key) ecParts() (d, point []byte) {
	switch public := k.Public.(type) {
	case *ecdsa.PublicKey:
		point, _ = public.Bytes()
	case *CurveKey:
		point = public.Bytes()
	}
	switch private := k.Signer.(type) {
	case *ecdsa.PrivateKey:
		d, _ = private.Bytes()
	case *CurveSigner:
		d = private.Bytes()
	}
	return d, point
}

func (k Key) encodeSecret(format string) (string, error) {
	switch {
	case k.Type != "oct":
		return "", ErrNoForm
	case format == "base64url":
		return encodeBytes(k.Secret), nil
	case format == "base64":
		return base64.StdEncoding.EncodeToString(k.Secret), nil
	case format == "hex":
		return hex.EncodeToString(k.Secret), nil
	case !utf8.Valid(k.Secret) || strings.ContainsAny(string(k.Secret), "\r\n\x00"):
		return "", ErrNoForm // no text, or none that survives being copied
	}
	return string(k.Secret), nil
}

// wireOut writes the data types of SSH (RFC 4251 §5).
type wireOut struct{ b []byte }

func (w *wireOut) add(parts ...[]byte) *wireOut {
	for _, p := range parts {
		w.b = append(binary.BigEndian.AppendUint32(w.b, uint32(len(p))), p...)
	}
	return w
}

func (w *wireOut) integers(numbers ...*big.Int) *wireOut {
	for _, n := range numbers {
		b := n.Bytes()
		if len(b) > 0 && b[0] >= 0x80 {
			b = append([]byte{0}, b...)
		}
		w.add(b)
	}
	return w
}

// sshPublic writes the public key as SSH has it, with its type.
func (k Key) sshPublic() (name string, blob []byte, ok bool) {
	w := &wireOut{}
	switch public := k.Public.(type) {
	case *rsa.PublicKey:
		name = "ssh-rsa"
		w.add([]byte(name)).integers(big.NewInt(int64(public.E)), public.N)
	case *ecdsa.PublicKey:
		for id, curve := range sshCurves {
			if curve == k.Curve {
				_, point := k.ecParts()
				name = "ecdsa-sha2-" + id
				w.add([]byte(name), []byte(id), point)
			}
		}
	case ed25519.PublicKey:
		name = "ssh-ed25519"
		w.add([]byte(name), public)
	}
	return name, w.b, name != ""
}

// encodeSSH writes one line, with the key ID for its comment (RFC 4253 §6.6).
func (k Key) encodeSSH() (string, error) {
	name, blob, ok := k.sshPublic()
	if !ok {
		return "", ErrNoForm
	}
	return strings.TrimSpace(name+" "+base64.StdEncoding.EncodeToString(blob)+" "+k.comment()) + "\n", nil
}

// comment is the key ID if it fits on a line.
func (k Key) comment() string {
	if strings.ContainsFunc(k.KeyID, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return ""
	}
	return clip(k.KeyID)
}

// encodeOpenSSH writes an open private key. The number that is there twice shows after decrypting whether the passphrase
// was right; here it is taken from the key, so that the same key is always the same file.
func (k Key) encodeOpenSSH() (string, error) {
	name, blob, ok := k.sshPublic()
	if !ok || k.Signer == nil {
		return "", ErrNoForm
	}
	sum := sha256.Sum256(blob)
	secret := &wireOut{b: append(slices.Clone(sum[:4]), sum[:4]...)}
	switch private := k.Signer.(type) {
	case *rsa.PrivateKey:
		p := partsOf(private)
		secret.add([]byte(name)).integers(p.n, p.e, p.d, p.qi, p.p, p.q)
	case *ecdsa.PrivateKey:
		d, point := k.ecParts()
		secret.add([]byte(name), []byte(strings.TrimPrefix(name, "ecdsa-sha2-")), point).integers(new(big.Int).SetBytes(d))
	case ed25519.PrivateKey:
		secret.add([]byte(name), private[ed25519.SeedSize:], private)
	}
	secret.add([]byte(k.comment()))
	for i := byte(1); len(secret.b)%8 != 0; i++ {
		secret.b = append(secret.b, i)
	}
	out := &wireOut{b: []byte(opensshMagic)}
	out.add([]byte("none"), []byte("none"), nil)
	out.b = binary.BigEndian.AppendUint32(out.b, 1)
	return armour("OPENSSH PRIVATE KEY", out.add(blob, secret.b).b), nil
}
