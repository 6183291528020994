package jwe_test

import (
	"slices"
	"strings"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/jwe"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// TestReasons holds each fault to the reason that is given for it.
func TestReasons(t *testing.T) {
	const dirGCM, dirCBC = `{"alg":"dir","enc":"A128GCM"}`, `{"alg":"dir","enc":"A128CBC-HS256"}`
	iv, cbcIV, tag := strings.Repeat("i", 12), strings.Repeat("i", 16), strings.Repeat("t", 16)
	parts := func(header string, rest ...string) string {
		for i := range rest {
			rest[i] = b64(rest[i])
		}
		return b64(header) + "." + strings.Join(rest, ".")
	}
	bare := func(header string) string { return parts(header, "", iv, "c", tag) } // with parts of the right lengths for dir
	dir := of(secret(16))
	good := encrypt(t, "dir", "A128GCM", "", content, secret(16))
	wrap := encrypt(t, "A128KW", "A128GCM", `,"kid":"1"`, content, secret(16))
	ec, rs := generate(t, "ES256"), generate(t, "RS256")
	es := encrypt(t, "ECDH-ES", "A128GCM", "", content, ec)
	oaep := encrypt(t, "RSA-OAEP", "A128GCM", "", content, rs)
	pkcs1 := encrypt(t, "RSA1_5", "A128GCM", "", content, rs)
	named := func(k key.Key, id string) key.Key { k.KeyID = id; return k }
	set := func(k ...key.Key) key.Reading { return key.Reading{Kind: "jwks", Keys: k} }
	with := func(k key.Key, change func(*key.Key)) key.Reading { change(&k); return of(k) }
	epk := func(jwk string) string { return bare(header("ECDH-ES", "A128GCM", `,"epk":`+jwk)) }
	pbes := func(more string) string {
		return parts(header("PBES2-HS256+A128KW", "A128GCM", more), strings.Repeat("k", 24), iv, "c", tag)
	}
	gcmkw := func(more string) string {
		return parts(header("A128GCMKW", "A128GCM", more), strings.Repeat("k", 16), iv, "c", tag)
	}
	rsaOnly := jwe.Options{AllowRSA15: true}
	few, err := jwe.Encrypt(jwe.Spec{Alg: "PBES2-HS256+A128KW", Enc: "A128GCM", Iterations: 999}, []byte(header("PBES2-HS256+A128KW", "A128GCM", "")), nil, secret(3), strings.NewReader(strings.Repeat("r", 99)))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name, text string
		keys       key.Reading
		options    jwe.Options
		answer     check.Answer
		check      string // name and code of the check that says so
	}{
		{"good", good, dir, jwe.Options{Alg: "dir", Enc: "A128GCM"}, check.Yes, "decryption jwe.decryption.opened"},
		{"no key", good, key.Reading{Kind: "none"}, jwe.Options{}, check.Unchecked, "key jwe.key.none"},
		{"no key, the parts", wrap, key.Reading{}, jwe.Options{}, check.Unchecked, "encrypted_key jwe.encrypted-key.wrapped"},
		{"bad key", good, key.Read("{", key.Auto), jwe.Options{}, check.Unchecked, "key jwe.key.unusable"},
		{"JWS", b64(`{"alg":"HS256"}`) + ".e30.c2ln", dir, jwe.Options{}, check.Unchecked, "form jwe.form.not"},
		{"padding", good + "=", dir, jwe.Options{}, check.No, "form jwe.form.errors"},
		{"twice", parts(`{"alg":"dir","alg":"dir","enc":"A128GCM"}`, "", iv, "c", tag), dir, jwe.Options{}, check.No, "form jwe.form.errors"},
		{"JSON, header a list", `{"protected":"` + b64(dirGCM) + `","header":[],"ciphertext":""}`, dir, jwe.Options{}, check.No, "form jwe.form.header"},
		{"JSON, alg twice", `{"protected":"` + b64(dirGCM) + `","header":{"alg":"dir"},"ciphertext":""}`, dir, jwe.Options{}, check.No, "form jwe.form.errors"},

		{"no alg", bare(`{"enc":"A128GCM"}`), dir, jwe.Options{}, check.No, "alg jwe.alg.missing"},
		{"alg 5", bare(`{"alg":5,"enc":"A128GCM"}`), dir, jwe.Options{}, check.No, "alg jwe.alg.type"},
		{"other alg", good, dir, jwe.Options{Alg: "A128KW"}, check.No, "alg jwe.alg.refused"},
		{"RSA1_5", pkcs1, of(rs), jwe.Options{}, check.No, "alg jwe.alg.rsa15"},
		{"RSA1_5, allowed", pkcs1, of(rs), rsaOnly, check.Yes, "alg jwe.alg.rsa15-allowed"},
		{"DIR", bare(`{"alg":"DIR","enc":"A128GCM"}`), dir, jwe.Options{}, check.No, "alg jwe.alg.case"},
		{"enc as alg", bare(`{"alg":"A128GCM","enc":"A128GCM"}`), dir, jwe.Options{}, check.No, "alg jwe.alg.enc"},
		{"HS256", bare(`{"alg":"HS256","enc":"A128GCM"}`), dir, jwe.Options{}, check.No, "alg jwe.alg.signature"},
		{"none", bare(`{"alg":"none","enc":"A128GCM"}`), dir, jwe.Options{}, check.No, "alg jwe.alg.unknown"},
		{"no enc", `{"protected":"` + b64(`{"alg":"dir"}`) + `","ciphertext":""}`, dir, jwe.Options{}, check.No, "enc jwe.enc.missing"},
		{"enc null", bare(`{"alg":"dir","enc":null}`), dir, jwe.Options{}, check.No, "enc jwe.enc.type"},
		{"other enc", good, dir, jwe.Options{Enc: "A256GCM"}, check.No, "enc jwe.enc.refused"},
		{"a128gcm", bare(`{"alg":"dir","enc":"a128gcm"}`), dir, jwe.Options{}, check.No, "enc jwe.enc.case"},
		{"A512GCM", bare(`{"alg":"dir","enc":"A512GCM"}`), dir, jwe.Options{}, check.No, "enc jwe.enc.unknown"},

		{"crit", bare(header("dir", "A128GCM", `,"crit":["x"],"x":1`)), dir, jwe.Options{}, check.No, "crit jwe.crit.unknown"},
		{"crit empty", bare(header("dir", "A128GCM", `,"crit":[]`)), dir, jwe.Options{}, check.No, "crit jwe.crit.form"},
		{"crit of numbers", bare(header("dir", "A128GCM", `,"crit":[1]`)), dir, jwe.Options{}, check.No, "crit jwe.crit.form"},
		{"crit an object", bare(header("dir", "A128GCM", `,"crit":{"a":"b"}`)), dir, jwe.Options{}, check.No, "crit jwe.crit.form"},
		{"crit absent", bare(header("dir", "A128GCM", `,"crit":["x"]`)), dir, jwe.Options{}, check.No, "crit jwe.crit.absent"},
		{"crit unprotected", `{"protected":"` + b64(dirGCM) + `","header":{"crit":["x"],"x":1},"ciphertext":""}`, dir, jwe.Options{}, check.No, "crit jwe.crit.unprotected"},
		{"zip", bare(header("dir", "A128GCM", `,"zip":"GZ"`)), dir, jwe.Options{}, check.No, "zip jwe.zip.unknown"},
		{"zip unprotected", `{"protected":"` + b64(dirGCM) + `","header":{"zip":"DEF"},"ciphertext":""}`, dir, jwe.Options{}, check.No, "zip jwe.zip.unprotected"},
		{"compressed", encrypt(t, "dir", "A128GCM", `,"zip":"DEF"`, content, secret(16)), dir, jwe.Options{}, check.Yes, "zip jwe.zip.inflated"},

		{"a key for dir", parts(dirGCM, "k", iv, "c", tag), dir, jwe.Options{}, check.No, "encrypted_key jwe.encrypted-key.extra"},
		{"no key for A128KW", bare(header("A128KW", "A128GCM", "")), dir, jwe.Options{}, check.No, "encrypted_key jwe.encrypted-key.missing"},
		{"no key for RSA", bare(header("RSA-OAEP", "A128GCM", "")), of(rs), jwe.Options{}, check.No, "encrypted_key jwe.encrypted-key.missing"},
		{"a short key", parts(header("A128KW", "A128GCM", ""), "k", iv, "c", tag), dir, jwe.Options{}, check.No, "encrypted_key jwe.encrypted-key.length"},
		{"a short iv", parts(dirGCM, "", "i", "c", tag), dir, jwe.Options{}, check.No, "iv jwe.iv.length"},
		{"a short tag", parts(dirGCM, "", iv, "c", "t"), dir, jwe.Options{}, check.No, "tag jwe.tag.length"},
		{"half a block", parts(dirCBC, "", cbcIV, "c", tag), of(secret(32)), jwe.Options{}, check.No, "ciphertext jwe.ciphertext.blocks"},
		{"no block", parts(dirCBC, "", cbcIV, "", tag), of(secret(32)), jwe.Options{}, check.No, "ciphertext jwe.ciphertext.blocks"},
		{"what is unsound is not opened", parts(dirGCM, "", "i", "c", tag), dir, jwe.Options{}, check.No, "decryption jwe.decryption.untried"},

		{"no epk", bare(header("ECDH-ES", "A128GCM", "")), of(ec), jwe.Options{}, check.No, "parameter jwe.parameter.missing"},
		{"epk a string", epk(`"x"`), of(ec), jwe.Options{}, check.No, "epk jwe.epk.unusable"},
		{"epk a secret", epk(secret(16).JWK()), of(ec), jwe.Options{}, check.No, "epk jwe.epk.unusable"},
		{"epk for signatures", epk(half(generate(t, "EdDSA")).JWK()), of(ec), jwe.Options{}, check.No, "epk jwe.epk.unusable"},
		{"epk off the curve", epk(strings.Replace(half(ec).JWK(), `"x":"`, `"x":"A`, 1)), of(ec), jwe.Options{}, check.No, "epk jwe.epk.unusable"},
		{"epk on another curve", es, of(generate(t, "X25519")), jwe.Options{}, check.No, "key jwe.key.epk"},
		{"apu", bare(header("ECDH-ES", "A128GCM", `,"apu":"=","epk":`+half(ec).JWK())), of(ec), jwe.Options{}, check.No, "parameter jwe.parameter.base64"},
		{"apv", bare(header("ECDH-ES", "A128GCM", `,"apv":1,"epk":`+half(ec).JWK())), of(ec), jwe.Options{}, check.No, "parameter jwe.parameter.type"},
		{"no iv for GCMKW", gcmkw(`,"tag":"AA"`), dir, jwe.Options{}, check.No, "parameter jwe.parameter.missing"},
		{"short iv for GCMKW", gcmkw(`,"iv":"AA","tag":"AA"`), dir, jwe.Options{}, check.No, "parameter jwe.parameter.length"},
		{"no p2s", pbes(`,"p2c":1000`), dir, jwe.Options{}, check.No, "parameter jwe.parameter.missing"},
		{"short p2s", pbes(`,"p2s":"AAAA","p2c":1000`), dir, jwe.Options{}, check.No, "parameter jwe.p2s.short"},
		{"no p2c", pbes(`,"p2s":"AAAAAAAAAAA"`), dir, jwe.Options{}, check.No, "parameter jwe.parameter.missing"},
		{"p2c 0", pbes(`,"p2s":"AAAAAAAAAAA","p2c":0`), dir, jwe.Options{}, check.No, "parameter jwe.p2c.form"},
		{"p2c -1", pbes(`,"p2s":"AAAAAAAAAAA","p2c":-1`), dir, jwe.Options{}, check.No, "parameter jwe.p2c.form"},
		{"p2c 1e3", pbes(`,"p2s":"AAAAAAAAAAA","p2c":1e3`), dir, jwe.Options{}, check.No, "parameter jwe.p2c.form"},
		{"p2c a string", pbes(`,"p2s":"AAAAAAAAAAA","p2c":"1000"`), dir, jwe.Options{}, check.No, "parameter jwe.p2c.form"},
		{"p2c 2^64", pbes(`,"p2s":"AAAAAAAAAAA","p2c":18446744073709551616`), dir, jwe.Options{}, check.No, "parameter jwe.p2c.many"},
		{"p2c 999", few, of(secret(3)), jwe.Options{}, check.Yes, "parameter jwe.p2c.few"},

		{"type", wrap, of(rs), jwe.Options{}, check.No, "key jwe.key.type"},
		{"type for ECDH-ES", es, dir, jwe.Options{}, check.No, "key jwe.key.type"},
		{"curve", es, of(generate(t, "EdDSA")), jwe.Options{}, check.No, "key jwe.key.curve"},
		{"size", wrap, of(secret(32)), jwe.Options{}, check.No, "key jwe.key.size"},
		{"size for dir", good, of(secret(32)), jwe.Options{}, check.No, "key jwe.key.size"},
		{"bits", oaep, with(rs, func(k *key.Key) { k.Bits = 1024 }), jwe.Options{}, check.No, "key jwe.key.bits"},
		{"PSS", oaep, with(rs, func(k *key.Key) { k.PSS = true }), jwe.Options{}, check.No, "key jwe.key.pss"},
		{"alg of the key", oaep, with(rs, func(k *key.Key) { k.Alg = "RSA-OAEP-256" }), jwe.Options{}, check.No, "key jwe.key.alg"},
		{"enc as alg of the key", good, with(secret(16), func(k *key.Key) { k.Alg = "A128GCM" }), jwe.Options{}, check.Yes, "decryption jwe.decryption.opened"},
		{"enc as alg of another key", wrap, with(secret(16), func(k *key.Key) { k.Alg = "A128GCM" }), jwe.Options{}, check.No, "key jwe.key.alg"},
		{"use", oaep, with(rs, func(k *key.Key) { k.Use = "sig" }), jwe.Options{}, check.No, "key jwe.key.use"},
		{"key_ops", oaep, with(rs, func(k *key.Key) { k.Ops = []string{"wrapKey"} }), jwe.Options{}, check.No, "key jwe.key.ops"},
		{"key_ops that allow it", oaep, with(rs, func(k *key.Key) { k.Ops = []string{"unwrapKey"} }), jwe.Options{}, check.Yes, "decryption jwe.decryption.opened"},
		{"key_ops for ECDH-ES", es, with(ec, func(k *key.Key) { k.Ops = []string{"decrypt"} }), jwe.Options{}, check.No, "key jwe.key.ops"},
		{"public", oaep, of(half(rs)), jwe.Options{}, check.No, "key jwe.key.public"},
		{"empty", wrap, of(key.Key{Type: "oct", Private: true}), jwe.Options{}, check.No, "key jwe.key.empty"},
		{"modulus", parts(header("RSA-OAEP", "A128GCM", ""), "k", iv, "c", tag), of(rs), jwe.Options{}, check.No, "key jwe.key.modulus"},
		{"set without it", wrap, set(ec, rs), jwe.Options{}, check.No, "key jwe.key.none-fits"},
		{"kid in the set", wrap, set(secret(32), named(secret(16), "1")), jwe.Options{}, check.Yes, "key jwe.key.chosen"},
		{"kid of another", wrap, set(named(secret(32), "1"), secret(16)), jwe.Options{}, check.No, "key jwe.key.size"},
		{"kid not in the set", wrap, set(named(secret(16), "2")), jwe.Options{}, check.Yes, "kid jwe.kid.absent"},
		{"kid of a lone key", wrap, of(named(secret(16), "2")), jwe.Options{}, check.Yes, "kid jwe.kid.other"},
		{"kid the same", wrap, of(named(secret(16), "1")), jwe.Options{}, check.Yes, "kid jwe.kid.match"},
		{"hex", good, key.Read(strings.Repeat("6b", 16), key.Auto), jwe.Options{}, check.Yes, "encoding jwe.secret.read-as"},

		{"other key", good, with(secret(16), func(k *key.Key) { k.Secret = []byte("another key of16") }), jwe.Options{}, check.No, "decryption jwe.decryption.failed"},
		{"other keys", es, of(generate(t, "ES384"), with(ec, func(k *key.Key) {}).Keys[0]), jwe.Options{}, check.Yes, "decryption jwe.decryption.opened"},
		{"other RSA keys", strings.Replace(oaep, ".", ".AA", 1), of(rs, rs), jwe.Options{}, check.No, "key jwe.key.none-fits"},
		{"all of several", bare(dirGCM), of(secret(16), secret(16)), jwe.Options{}, check.No, "decryption jwe.decryption.failed-any"},
		{"password", pbes(`,"p2s":"AAAAAAAAAAA","p2c":1000`), dir, jwe.Options{}, check.No, "decryption jwe.decryption.password"},
		{"no key for it", wrap, of(rs), jwe.Options{}, check.No, "decryption jwe.decryption.no-key"},
	} {
		r := jwe.Decrypt(token.ParseAll(row.text)[0], row.keys, row.options)
		name, code, _ := strings.Cut(row.check, " ")
		if r.Answer != row.answer || !has(r, name, code) || (r.Plain != nil) != (r.Answer == check.Yes) {
			t.Errorf("%s: %s, want %s because of %s:\n\t%s", row.name, r.Answer, row.answer, row.check, reasons(r))
		}
		for _, c := range r.Checks {
			if !slices.Contains(jwe.Codes(), c.Code) || !slices.Contains(jwe.Names(), c.Name) || c.Ref == "alg" || c.Ref == "enc" {
				t.Errorf("%s: %+v is not listed", row.name, c)
			}
		}
	}
}

// TestOneAnswer changes a token behind the public checks in every way, and wants the same words for all of them.
func TestOneAnswer(t *testing.T) {
	for _, alg := range []string{"RSA-OAEP", "RSA1_5", "A128KW", "A128GCMKW", "ECDH-ES+A128KW"} {
		k := keysFor(t, jwe.Algorithms()[slices.IndexFunc(jwe.Algorithms(), func(a jwe.Algorithm) bool { return a.Name == alg })], jwe.Encs()[0])[0]
		text := encrypt(t, alg, "A128CBC-HS256", "", content, k)
		var want string
		for _, part := range []int{1, 2, 3, 4} {
			all := strings.Split(text, ".")
			b := unb64(t, all[part])
			b[len(b)/2] ^= 1
			all[part] = b64(string(b))
			r := jwe.Decrypt(token.Parse(strings.Join(all, ".")), of(k), jwe.Options{AllowRSA15: true})
			if want == "" {
				want = reasons(r)
			}
			if got := reasons(r); got != want || !has(r, "decryption", "jwe.decryption.failed") {
				t.Errorf("%s, part %d: %s, want %s", alg, part, got, want)
			}
		}
	}
}
