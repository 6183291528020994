package key

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"hash"
	"strconv"
	"strings"

	"jwtlab/app/token"
)

// Private keys that are locked with a passphrase. Nothing is tried without one, and no more work is done than [maxRounds]
// allows: the numbers in a file are whatever its writer wanted.

// maxRounds bounds the rounds of all the passphrases of one text. Common files have 2048, careful ones 600,000.
const maxRounds = 2_000_000

var (
	noPassphrase    = faulty("key.passphrase", "")
	wrongPassphrase = faulty("key.passphrase-wrong", "")
)

// spend takes rounds from what is allowed.
func (w *work) spend(rounds int) *fault {
	if rounds > w.rounds {
		return faulty("key.rounds", "", strconv.Itoa(rounds), strconv.Itoa(maxRounds))
	}
	w.rounds -= rounds
	return nil
}

// The schemes of PKCS #5, as DER has them after tag and length (RFC 8018 appendix A and B).
var (
	oidPBES2  = "\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d"
	oidPBKDF2 = "\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0c"

	prfs = map[string]func() hash.Hash{
		"":                                 sha1.New, // the default
		"\x2a\x86\x48\x86\xf7\x0d\x02\x07": sha1.New,
		"\x2a\x86\x48\x86\xf7\x0d\x02\x09": sha256.New,
		"\x2a\x86\x48\x86\xf7\x0d\x02\x0a": sha512.New384,
		"\x2a\x86\x48\x86\xf7\x0d\x02\x0b": sha512.New,
	}

	// ciphers by their identifiers, and by their names in old PEM headers (RFC 1423 §1.1 and OpenSSL).
	ciphers = []blockCipher{
		{"AES-128-CBC", "\x60\x86\x48\x01\x65\x03\x04\x01\x02", 16, aes.NewCipher},
		{"AES-192-CBC", "\x60\x86\x48\x01\x65\x03\x04\x01\x16", 24, aes.NewCipher},
		{"AES-256-CBC", "\x60\x86\x48\x01\x65\x03\x04\x01\x2a", 32, aes.NewCipher},
		{"DES-EDE3-CBC", "\x2a\x86\x48\x86\xf7\x0d\x03\x07", 24, newTripleDES},
	}

	otherLocks = map[string]string{
		"\x2b\x06\x01\x04\x01\xda\x47\x04\x0b":     "scrypt",
		"\x2a\x86\x48\x86\xf7\x0d\x01\x05\x03":     "PBES1, MD5, DES",
		"\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0a":     "PBES1, SHA-1, DES",
		"\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01\x03": "PKCS #12, SHA-1, 3DES",
	}
)

type blockCipher struct {
	name, oid string
	size      int // of the key
	make      func(key []byte) (cipher.Block, error)
}

func cipherOf(s string) (blockCipher, bool) {
	for _, c := range ciphers {
		if c.name == s || c.oid == s {
			return c, true
		}
	}
	return blockCipher{}, false
}

// open decrypts in CBC mode and takes the padding off (RFC 8018 §6.2.2). It reports false if that shows another key.
func (c blockCipher) open(key, iv, text []byte) ([]byte, bool) {
	block, err := c.make(key)
	if err != nil || len(iv) != block.BlockSize() || len(text) == 0 || len(text)%block.BlockSize() != 0 {
		return nil, false
	}
	out := make([]byte, len(text))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(out, text)
	padding := int(out[len(out)-1])
	if padding == 0 || padding > block.BlockSize() {
		return nil, false
	}
	for _, b := range out[len(out)-padding:] {
		if int(b) != padding {
			return nil, false
		}
	}
	return out[:len(out)-padding], true
}

// unknownLock names a scheme that is not opened here.
func unknownLock(oid string) *fault {
	if name, ok := otherLocks[oid]; ok {
		return faulty("key.cipher", "", name)
	}
	return faulty("key.cipher", "", dotted(oid))
}

// readLocked reads an EncryptedPrivateKeyInfo (RFC 5958 §3) that is locked with PBES2 (RFC 8018 §6.2).
func readLocked(d *der, w *work) (Key, *fault) {
	s := d.sequence()
	a := s.algorithm()
	text := s.take(tagOctetString)
	if !s.finish() {
		return Key{}, damaged
	}
	if a.oid != oidPBES2 {
		return Key{}, unknownLock(a.oid)
	}
	both := a.params.sequence()
	kdf, enc := both.algorithm(), both.algorithm()
	iv := enc.params.take(tagOctetString)
	c, ok := cipherOf(enc.oid)
	switch {
	case both.bad || enc.params.bad && ok:
		return Key{}, damaged
	case !ok:
		return Key{}, unknownLock(enc.oid)
	case kdf.oid != oidPBKDF2:
		return Key{}, unknownLock(kdf.oid)
	}
	key, f := kdf.derive(c.size, w)
	if f.found() {
		return Key{}, f
	}
	plain, ok := c.open(key, iv, text)
	if !ok {
		return Key{}, wrongPassphrase
	}
	inner := &der{rest: plain}
	k, f := readPKCS8(inner, w)
	if f == damaged || len(inner.rest) > 0 {
		f = wrongPassphrase // the padding was right by chance
	}
	k.Encrypted = true
	return k, f
}

// derive computes a key of that many bytes with PBKDF2 (RFC 8018 §5.2).
func (a algorithm) derive(size int, w *work) ([]byte, *fault) {
	spec := a.params.sequence()
	salt := spec.take(tagOctetString)
	rounds := spec.integer()
	if spec.next(tagInteger) {
		spec.integer() // the length of the key, which the cipher has as well
	}
	prf := ""
	if spec.next(tagSequence) {
		prf = spec.algorithm().oid
	}
	h, ok := prfs[prf]
	switch {
	case spec.bad || rounds.Sign() == 0:
		return nil, damaged
	case !ok:
		return nil, unknownLock(prf)
	case w.passphrase == "":
		return nil, noPassphrase
	}
	n := maxRounds + 1
	if rounds.IsInt64() && rounds.Int64() < maxRounds {
		n = int(rounds.Int64())
	}
	if f := w.spend(n * ((size + h().Size() - 1) / h().Size())); f.found() {
		return nil, f
	}
	key, err := pbkdf2.Key(h, w.passphrase, salt, n, size)
	if err != nil {
		return nil, damaged
	}
	return key, nil
}

// An oldLock is the encryption that the headers inside of a PEM block tell (RFC 1421 §4.6), the zero value none.
type oldLock struct{ info string }

// findLock takes the headers off the body of a block.
func findLock(text string, body token.Span) (oldLock, token.Span) {
	inside := text[body.Start:body.End]
	i := strings.Index(inside, "DEK-Info:")
	if i < 0 || !strings.Contains(inside[:i], "Proc-Type:") || !strings.Contains(inside[:i], "ENCRYPTED") {
		return oldLock{}, body
	}
	rest := inside[i+len("DEK-Info:"):]
	end := strings.IndexAny(rest, "\r\n")
	if end < 0 {
		return oldLock{}, body
	}
	body.Start += i + len("DEK-Info:") + end
	return oldLock{strings.TrimSpace(rest[:end])}, body
}

// open unlocks: the key is MD5 of passphrase and salt, as OpenSSL has it (EVP_BytesToKey, one round).
func (l oldLock) open(text []byte, w *work) ([]byte, *fault) {
	name, in, _ := strings.Cut(l.info, ",")
	c, ok := cipherOf(name)
	if !ok {
		return nil, faulty("key.cipher", "", name)
	}
	iv, err := hex.DecodeString(in)
	switch {
	case err != nil || len(iv) < 8:
		return nil, damaged
	case w.passphrase == "":
		return nil, noPassphrase
	}
	var key, last []byte
	for len(key) < c.size {
		h := md5.New()
		h.Write(last)
		h.Write([]byte(w.passphrase))
		h.Write(iv[:8])
		last = h.Sum(nil)
		key = append(key, last...)
	}
	plain, ok := c.open(key[:c.size], iv, text)
	if !ok {
		return nil, wrongPassphrase
	}
	return plain, nil
}

// dotted writes an object identifier as people do (X.690 §8.19).
func dotted(oid string) string {
	var out []string
	n, first := 0, true
	for _, b := range []byte(oid) {
		if n > 1<<24 {
			break
		}
		if n = n<<7 | int(b&0x7f); b >= 0x80 {
			continue
		}
		if first {
			out = append(out, strconv.Itoa(min(n/40, 2)))
			n -= 40 * min(n/40, 2)
		}
		out = append(out, strconv.Itoa(n))
		n, first = 0, false
	}
	return strings.Join(out, ".")
}
