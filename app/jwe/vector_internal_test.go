package jwe

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestKeyWrap has the examples of RFC 3394 §4.1, §4.2 and §4.6.
func TestKeyWrap(t *testing.T) {
	for _, c := range []struct{ secret, plain, want string }{
		{"000102030405060708090A0B0C0D0E0F", "00112233445566778899AABBCCDDEEFF", "1FA68B0A8112B447 AEF34BD8FB5A7B82 9D3E862371D2CFE5"},
		{"000102030405060708090A0B0C0D0E0F1011121314151617", "00112233445566778899AABBCCDDEEFF", "96778B25AE6CA435 F92B5B97C050AED2 468AB8A17AD84E5D"},
		{"000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", "00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F",
			"28C9F404C4B810F4 CBCCB35CFB87F826 3F5786E2D80ED326 CBC7F0E71A99F43B FB988B9B7A02DD21"},
	} {
		secret, plain, want := unhex(t, c.secret), unhex(t, c.plain), unhex(t, c.want)
		if got := wrapAES(secret, plain); !bytes.Equal(got, want) {
			t.Errorf("wrapped %x, want %x", got, want)
		}
		if got, ok := unwrapAES(secret, want); !ok || !bytes.Equal(got, plain) {
			t.Errorf("unwrapped %x, %v", got, ok)
		}
		want[3] ^= 1
		if _, ok := unwrapAES(secret, want); ok {
			t.Error("a changed key is unwrapped")
		}
	}
	for _, n := range []int{0, 8, 16, 23, 25} {
		if _, ok := unwrapAES(make([]byte, 16), make([]byte, n)); ok {
			t.Errorf("%d bytes are unwrapped", n)
		}
	}
}

// TestDerive has the example of RFC 7518 appendix C.
func TestDerive(t *testing.T) {
	private := key.Read(`{"kty":"EC","crv":"P-256","x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0","y":"SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps",`+
		`"d":"0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo"}`, key.Auto)
	public := key.Read(`{"kty":"EC","crv":"P-256","x":"weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ","y":"e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck"}`, key.Auto)
	z, ok := shared(&private.Keys[0], &public.Keys[0])
	if got := base64.RawURLEncoding.EncodeToString(derive(z, "A128GCM", []byte("Alice"), []byte("Bob"), 16)); !ok || got != "VqqN6vgjbSBcIijNcacQGg" {
		t.Errorf("derived %s, %v", got, ok)
	}
	if got := len(derive(z, "A256CBC-HS512", nil, nil, 64)); got != 64 {
		t.Errorf("%d bytes of 64", got)
	}
}

// sealWith makes a token that Encrypt would not: with a header as it is, and content that is what it is.
func sealWith(header string, plain []byte) string {
	s := suiteNamed("A128GCM")
	protected := encode([]byte(header))
	c := s.seal([]byte(strings.Repeat("k", 16)), make([]byte, 12), plain, []byte(protected))
	return protected + ".." + encode(c.iv) + "." + encode(c.ciphertext) + "." + encode(c.tag)
}

// TestBomb holds decompression to its bounds, whatever is behind a sound tag.
func TestBomb(t *testing.T) {
	dir := key.Read(`{"kty":"oct","k":"`+encode([]byte(strings.Repeat("k", 16)))+`"}`, key.Auto)
	const head = `{"alg":"dir","enc":"A128GCM","zip":"DEF"}`
	long := bytes.Repeat([]byte("0123456789abcdef"), MaxPlain/16+1)
	for _, c := range []struct {
		name  string
		plain []byte
		code  string
	}{
		{"a little, a thousandfold", deflate(bytes.Repeat([]byte{0}, freePlain)), "jwe.zip.inflated"},
		{"more than that", deflate(bytes.Repeat([]byte{0}, freePlain+1)), "jwe.zip.bomb"},
		{"as much as there may be", deflate(long[:MaxPlain]), "jwe.zip.inflated"},
		{"one byte more", deflate(long[:MaxPlain+1]), "jwe.zip.bomb"},
		{"no DEFLATE", []byte("text"), "jwe.zip.broken"},
		{"nothing", nil, "jwe.zip.broken"},
		{"cut", deflate([]byte(strings.Repeat("text", 9)))[:5], "jwe.zip.broken"},
	} {
		r := Decrypt(token.Parse(sealWith(head, c.plain)), dir, Options{})
		last := r.Checks[len(r.Checks)-1]
		if last.Code != c.code || (r.Plain != nil) != (last.Answer == check.Yes) || len(r.Plain) > MaxPlain {
			t.Errorf("%s: %s %s, %d bytes", c.name, r.Answer, last.Code, len(r.Plain))
		}
	}
}

// TestPrivateEPK tells of a token that gives its own content away.
func TestPrivateEPK(t *testing.T) {
	k, err := key.Generate(key.Spec{Alg: "X25519"}, strings.NewReader(strings.Repeat("r", 32)))
	if err != nil {
		t.Fatal(err)
	}
	text := sealWith(`{"alg":"ECDH-ES","enc":"A128GCM","epk":`+k.JWK()+`}`, nil)
	r := Decrypt(token.Parse(text), key.Reading{}, Options{})
	if c, ok := check.Find(r.Checks, "epk"); !ok || c.Code != "jwe.epk.private" || !c.Remark {
		t.Errorf("%+v", r.Checks)
	}
}

// TestUnpad takes off what pad puts on, and nothing else.
func TestUnpad(t *testing.T) {
	for n := range 40 {
		if got, ok := unpad(pad(make([]byte, n))); !ok || len(got) != n {
			t.Errorf("%d bytes become %d", n, len(got))
		}
	}
	for _, b := range []string{"", "\x00", "\x11", "\x02", "\x03\x02", strings.Repeat("\x11", 17)} {
		if got, ok := unpad([]byte(b)); ok {
			t.Errorf("%q becomes %q", b, got)
		}
	}
}
