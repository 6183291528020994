package key

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"math/big"
	"strconv"
	"strings"
)

// opensshMagic begins a private key of OpenSSH (its PROTOCOL.key).
const opensshMagic = "openssh-key-v1\x00"

// readOpenSSH reads a private key of OpenSSH.
func readOpenSSH(d *der, w *work) (Key, *fault) {
	rest, ok := bytes.CutPrefix(d.rest, []byte(opensshMagic))
	if !ok {
		return Key{}, damaged
	}
	d.rest = nil
	in := &wire{rest: rest}
	name, kdf, options := string(in.bytes()), string(in.bytes()), in.bytes()
	count := in.number()
	public, secret := in.bytes(), in.bytes()
	locked := name != "none"
	if in.bad || count != 1 || len(in.rest) > 0 && !locked { // some ciphers have a tag there
		return Key{}, damaged
	}
	if locked {
		opened, f := openOpenSSH(name, kdf, options, secret, w)
		if f.found() {
			return Key{}, f
		}
		secret = opened
	}
	k, f := readOpenSSHSecret(secret, public, locked, w)
	k.Format, k.Encrypted = "openssh", locked
	return k, f
}

// openOpenSSH decrypts with a key that is derived by bcrypt; how the modes pad does not matter, for it is checked later.
func openOpenSSH(name, kdf string, options, secret []byte, w *work) ([]byte, *fault) {
	mode, size := name[max(0, len(name)-3):], 0
	if bits, ok := strings.CutPrefix(strings.TrimSuffix(strings.TrimSuffix(name, "-ctr"), "-cbc"), "aes"); ok {
		size, _ = strconv.Atoi(bits)
		size /= 8
	}
	if kdf != "bcrypt" || size != 16 && size != 24 && size != 32 || mode != "ctr" && mode != "cbc" {
		return nil, faulty("key.cipher", "", name)
	}
	in := &wire{rest: options}
	salt, rounds := in.bytes(), in.number()
	switch {
	case in.bad || len(in.rest) > 0 || rounds < 1 || len(salt) == 0 || len(secret) == 0 || len(secret)%aes.BlockSize != 0:
		return nil, damaged
	case w.passphrase == "":
		return nil, noPassphrase
	}
	// One round of bcrypt costs as much as some thousands of PBKDF2.
	const costOfRound = 10_000
	if rounds > maxRounds/costOfRound {
		return nil, faulty("key.rounds", "", strconv.Itoa(rounds), strconv.Itoa(maxRounds/costOfRound))
	}
	if f := w.spend(rounds * costOfRound); f.found() {
		return nil, f
	}
	derived := bcryptKey(w.passphrase, salt, rounds, size+aes.BlockSize)
	block, err := aes.NewCipher(derived[:size])
	if err != nil {
		return nil, damaged
	}
	out := make([]byte, len(secret))
	if mode == "cbc" {
		cipher.NewCBCDecrypter(block, derived[size:]).CryptBlocks(out, secret)
	} else {
		cipher.NewCTR(block, derived[size:]).XORKeyStream(out, secret)
	}
	return out, nil
}

// readOpenSSHSecret reads the private part: a number twice, which shows whether the passphrase was right, the type, the
// numbers of the key, a comment, and padding.
func readOpenSSHSecret(secret, public []byte, locked bool, w *work) (Key, *fault) {
	in := &wire{rest: secret}
	if one, two := in.number(), in.number(); one != two || in.bad {
		if locked {
			return Key{}, wrongPassphrase
		}
		return Key{}, damaged
	}
	name := string(in.bytes())
	k, f := readSSHPrivate(name, in, w)
	if f.found() {
		return Key{}, f
	}
	in.bytes() // the comment
	if in.bad || len(in.rest) > 32 {
		return Key{}, damaged
	}
	for i, b := range in.rest {
		if int(b) != i+1 {
			return Key{}, damaged
		}
	}
	outer := &wire{rest: public}
	other, f := readSSHPublic(string(outer.bytes()), outer, w)
	if f.found() || thumbprint(other) != thumbprint(k) {
		return Key{}, faulty("key.mismatch", "", name)
	}
	return k, nil
}

func readSSHPrivate(name string, in *wire, w *work) (k Key, f *fault) {
	switch {
	case name == "ssh-rsa":
		var p rsaParts
		p.n, p.e, p.d, p.qi, p.p, p.q = in.integer(), in.integer(), in.integer(), in.integer(), in.integer(), in.integer()
		one := big.NewInt(1)
		if in.bad || p.p.Cmp(one) <= 0 || p.q.Cmp(one) <= 0 || p.n.BitLen() > maxModulus || p.d.BitLen() > maxModulus {
			return Key{}, damaged
		}
		p.dp = new(big.Int).Mod(p.d, new(big.Int).Sub(p.p, one))
		p.dq = new(big.Int).Mod(p.d, new(big.Int).Sub(p.q, one))
		f = setRSA(&k, p, w)
	case name == "ssh-ed25519":
		x, both := in.bytes(), in.bytes()
		if len(x) != 32 || len(both) != 64 {
			return Key{}, damaged
		}
		f = setEd25519(&k, x, both[:32])
	case strings.HasPrefix(name, "ecdsa-sha2-"):
		c, point, g := in.curvePoint(name)
		if g.found() {
			return Key{}, g
		}
		d := in.integer()
		if in.bad || d.BitLen() > c.bits {
			return Key{}, damaged
		}
		f = c.set(&k, point, d.FillBytes(make([]byte, c.size())))
	default:
		f = faulty("ssh.unsupported", "", name)
	}
	return k, f
}
