package userfile

import (
	"bytes"
	"strings"
	"testing"
)

// vector is a hash of the password "password" with the salt "somesalt", from the tests of the reference implementation
// (P-H-C/phc-winner-argon2, test.c, CC0 or Apache-2.0).
const vector = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"

func TestVector(t *testing.T) {
	h, err := parseHash(vector)
	if err != nil {
		t.Fatal(err)
	}
	if string(h.salt) != "somesalt" || h.cost != (Cost{65536, 2, 1}) {
		t.Errorf("read %v", h)
	}
	if !h.fits("password", argon2id) || h.fits("Password", argon2id) {
		t.Error("the password of the vector does not fit, or another does")
	}
}

const sound = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

func TestParseHash(t *testing.T) {
	swap := func(old, new string) string { return strings.Replace(sound, old, new, 1) }
	salt := strings.Repeat("A", 22)
	for _, good := range []string{sound, vector, nobody.String(), swap("m=19456", "m=8"), swap("p=1", "p=16"), swap("t=2", "t=16"), swap("m=19456", "m=131072")} {
		if h, err := parseHash(good); err != nil || h.String() != good {
			t.Errorf("%s: %v, %v", good, h, err)
		}
	}
	for _, bad := range []string{
		"", "$", "secret", sound + "$", " " + sound, sound + "\n", swap("argon2id", "argon2i"), swap("v=19", "v=16"), swap("$v=19", ""),
		swap("m=19456,t=2,p=1", "t=2,m=19456,p=1"), swap("p=1", "p=1,x=1"), swap(",p=1", ""), swap("m=19456", "m=019456"), swap("m=19456", "m=+19456"),
		swap("m=19456", "m=19_456"), swap("m=19456", "m=0"), swap("m=19456", "m=7"), swap("p=1", "p=0"), swap("t=2", "t=0"), swap("t=2", "t=-1"),
		swap("m=19456", "m=131073"), swap("m=19456", "m=4294967296"), swap("t=2", "t=17"), swap("p=1", "p=17"), swap("p=1", "p=256"),
		swap("m=19456,t=2,p=1", "m=127,t=2,p=16"), // RFC 9106 §3.1: 8 KiB a lane
		swap("AAAA$", "AAAB$"),                    // bits that stand for nothing
		swap("AAAA$", "AA==$"), swap("AAAA$", "AA\nAA$"), swap("AAAA$", "AA\r\nAA$"), swap("AAAA", "----"),
		swap(salt, ""), swap(salt, strings.Repeat("A", 10)), swap(salt, strings.Repeat("A", 87)), // none, 7 bytes, 65
		strings.TrimRight(sound, "A"), sound[:len(sound)-23], sound + strings.Repeat("A", 44), // none, 15 bytes, 65
	} {
		if h, err := parseHash(bad); err == nil || h.salt != nil {
			t.Errorf("%q is read as %v", bad, h)
		}
	}
}

func TestWeak(t *testing.T) {
	for _, test := range []struct {
		h    hash
		weak bool
	}{
		{nobody, false},
		{hash{cost, make([]byte, 15), make([]byte, 32)}, true},
		{hash{cost, make([]byte, 16), make([]byte, 31)}, true},
		{hash{Cost{19456, 1, 1}, make([]byte, 16), make([]byte, 32)}, true},
		{hash{Cost{19455, 3, 1}, make([]byte, 16), make([]byte, 32)}, true},
		{hash{Cost{64 << 10, 1, 4}, make([]byte, 16), make([]byte, 32)}, false},
		{hash{Cost{19456, 3, 1}, make([]byte, 64), make([]byte, 64)}, false},
	} {
		if got := test.h.weak(); got != test.weak {
			t.Errorf("%v: weak is %v", test.h, got)
		}
	}
}

// TestFloor is R-1.
func TestFloor(t *testing.T) {
	if cost.Memory < 19<<10 || cost.Passes < 2 || cost.Lanes != 1 || saltSize < 16 || keySize < 32 {
		t.Errorf("R-1: new hashes have %v, %d bytes of salt, %d of hash", cost, saltSize, keySize)
	}
	if nobody.cost != cost || len(nobody.key) != keySize {
		t.Errorf("R-2: an unknown user costs %v", nobody)
	}
}

// The laws: a hash that is read is in its bounds, and is written as it was.
func FuzzHash(f *testing.F) {
	f.Add(sound)
	f.Add(vector)
	f.Add("$argon2id$v=19$m=4294967295,t=4294967295,p=255$$")
	f.Fuzz(func(t *testing.T, text string) {
		h, err := parseHash(text)
		if err != nil {
			if h.salt != nil || h.key != nil || h.cost != (Cost{}) {
				t.Errorf("%q gives an error and %v", text, h)
			}
			return
		}
		if h.String() != text {
			t.Errorf("%q is written as %q", text, h)
		}
		if h.cost.Memory > maxMemory || h.cost.Passes > maxPasses || uint32(h.cost.Lanes)*8 > h.cost.Memory || h.cost.Passes*uint32(h.cost.Lanes) == 0 {
			t.Errorf("%q is out of bounds", text)
		}
		if again, err := parseHash(h.String()); err != nil || !bytes.Equal(again.key, h.key) || !bytes.Equal(again.salt, h.salt) {
			t.Errorf("%q is read again as %v, %v", text, again, err)
		}
	})
}
