package jws_test

import (
	"encoding/asn1"
	"encoding/hex"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
	"jwtlab/app/witness"
)

// opensslTool runs the openssl command in a folder of its own.
type opensslTool struct {
	t   *testing.T
	dir string
}

func startOpenSSL(t *testing.T) opensslTool {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		witness.Missing(t, "openssl is not installed; install openssl 3")
	}
	return opensslTool{t, t.TempDir()}
}

// run runs one command, given as one would type it.
func (o opensslTool) run(command string) error {
	o.t.Helper()
	cmd := exec.Command("openssl", strings.Fields(command)...)
	cmd.Dir = o.dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		o.t.Errorf("openssl %s: %v\n%s", command, err, out)
	}
	return err
}

func (o opensslTool) read(name string) string {
	o.t.Helper()
	b, err := os.ReadFile(filepath.Join(o.dir, name))
	if err != nil {
		o.t.Fatal(err)
	}
	return string(b)
}

func (o opensslTool) write(name, text string) {
	o.t.Helper()
	if err := os.WriteFile(filepath.Join(o.dir, name), []byte(text), 0o600); err != nil {
		o.t.Fatal(err)
	}
}

// kinds are how openssl makes a key of each kind, and writes it in each of its forms.
var kinds = []struct {
	name, make string
	algs       []string
	forms      map[string]string // the format that is read here -> the command
}{
	{"rsa", "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem",
		[]string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}, map[string]string{
			"pkcs1":        "rsa -in key.pem -traditional -out form.pem",
			"pkcs1 public": "rsa -in key.pem -RSAPublicKey_out -out form.pem",
		}},
	{"P-256", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem", []string{"ES256"}, sec1},
	{"P-384", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out key.pem", []string{"ES384"}, sec1},
	{"P-521", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out key.pem", []string{"ES512"}, sec1},
	{"secp256k1", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -out key.pem", []string{"ES256K"}, sec1},
	{"Ed448", "genpkey -algorithm ED448 -out key.pem", []string{"Ed448", "EdDSA"}, nil},
	{"Ed25519", "genpkey -algorithm ED25519 -out key.pem", []string{"EdDSA", "Ed25519"}, nil},
}

var sec1 = map[string]string{
	"sec1":            "ec -in key.pem -out form.pem",
	"spki compressed": "ec -in key.pem -pubout -conv_form compressed -out form.pem",
	"spki explicit":   "ec -in key.pem -pubout -param_enc explicit -out form.pem",
	"pkcs8 explicit":  "pkey -in key.pem -ec_param_enc explicit -out form.pem",
}

// TestOpenSSL exchanges keys and signatures with the openssl command, in both directions.
func TestOpenSSL(t *testing.T) {
	o := startOpenSSL(t)
	for _, kind := range kinds {
		if o.run(kind.make) != nil {
			continue
		}
		forms := map[string]string{
			"pkcs8":       "pkey -in key.pem -out form.pem",
			"spki":        "pkey -in key.pem -pubout -out form.pem",
			"certificate": "req -x509 -new -key key.pem -subj /CN=test -days 1 -out form.pem",
		}
		for format, command := range kind.forms {
			forms[format] = command
		}
		o.run("pkey -in key.pem -pubout -out public.pem")
		for format, command := range forms {
			if o.run(command) != nil {
				continue
			}
			keys := key.Read(o.read("form.pem"), key.Auto)
			if want, _, _ := strings.Cut(format, " "); len(keys.Keys) != 1 || keys.Keys[0].Format != want {
				t.Errorf("%s as %s: %+v", kind.name, format, keys)
				continue
			}
			for _, alg := range kind.algs {
				o.exchange(alg, format, keys)
			}
		}
		o.ours(kind.algs[0])
	}
}

// exchange has openssl sign what is verified here, and verify what is signed here if the key can sign.
func (o opensslTool) exchange(alg, format string, keys key.Reading) {
	input := b64(`{"alg":"`+alg+`"}`) + "." + b64(payload)
	text := input + "." + b64(o.sign(alg, input))
	if r := jws.Verify(token.Parse(text), keys, jws.Options{Alg: alg}); r.Answer != check.Yes {
		o.t.Errorf("%s: signed by openssl, verified with its %s: %s", alg, format, reasons(r))
	}
	if k := keys.Keys[0]; k.Private {
		o.verify(alg, sign(o.t, alg, `{"alg":"`+alg+`"}`, payload, k))
	}
}

// ours gives openssl a key that was made here.
func (o opensslTool) ours(alg string) {
	k := generate(o.t, alg)
	pkcs8, _ := k.PEM()
	spki, _ := publicOf(k).PEM()
	o.write("key.pem", pkcs8)
	o.write("public.pem", spki)
	o.run("pkey -in key.pem -check -noout")
	o.exchange(alg, "key made here", of(k))
}

// digest is the openssl command for an algorithm without its files; EdDSA has no digest and another command.
func digest(alg string) string {
	command := "dgst -sha" + strings.TrimSuffix(alg[2:], "K")
	if alg[0] == 'P' {
		command += " -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest"
	}
	return command
}

func (o opensslTool) sign(alg, input string) string {
	o.write("input", input)
	if strings.HasPrefix(alg, "Ed") {
		o.run("pkeyutl -sign -rawin -inkey key.pem -in input -out signature")
		return o.read("signature")
	}
	o.run(digest(alg) + " -sign key.pem -out signature input")
	signature := o.read("signature")
	if alg[0] != 'E' {
		return signature
	}
	return rawOf(o.t, signature, map[string]int{"ES256": 32, "ES256K": 32, "ES384": 48, "ES512": 66}[alg])
}

// rawOf writes a DER signature as two numbers of half its bytes each.
func rawOf(t *testing.T, signature string, half int) string {
	t.Helper()
	var der struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal([]byte(signature), &der); err != nil {
		t.Fatal(err)
	}
	return string(der.R.FillBytes(make([]byte, half))) + string(der.S.FillBytes(make([]byte, half)))
}

func (o opensslTool) verify(alg, text string) {
	i := strings.LastIndex(text, ".")
	signature := unb64(o.t, text[i+1:])
	o.write("input", text[:i])
	if alg[:2] == "ES" {
		half := len(signature) / 2
		r, s := new(big.Int).SetBytes(signature[:half]), new(big.Int).SetBytes(signature[half:])
		der, err := asn1.Marshal(struct{ R, S *big.Int }{r, s})
		if err != nil {
			o.t.Fatal(err)
		}
		signature = der
	}
	o.write("signature", string(signature))
	if strings.HasPrefix(alg, "Ed") {
		o.run("pkeyutl -verify -rawin -pubin -inkey public.pem -in input -sigfile signature")
		return
	}
	o.run(digest(alg) + " -verify public.pem -signature signature input")
}

// TestOpenSSLMac compares the MACs of both, the secret given in every encoding.
func TestOpenSSLMac(t *testing.T) {
	o := startOpenSSL(t)
	for _, alg := range []string{"HS256", "HS384", "HS512"} {
		k := generate(t, alg)
		input := b64(`{"alg":"`+alg+`"}`) + "." + b64(payload)
		o.write("input", input)
		o.run("dgst -sha" + alg[2:] + " -mac HMAC -macopt hexkey:" + hex.EncodeToString(k.Secret) + " -binary -out signature input")
		text := input + "." + b64(o.read("signature"))
		for as, secret := range map[key.Encoding]string{key.Hex: hex.EncodeToString(k.Secret), key.Base64URL: b64(string(k.Secret))} {
			for _, given := range []key.Encoding{as, key.Auto} {
				r := jws.Verify(token.Parse(text), key.Read(secret, given), jws.Options{})
				if c, _ := check.Find(r.Checks, "encoding"); r.Answer != check.Yes || c.Args[0] != string(as) {
					t.Errorf("%s with a secret in %s, read as %q: %s", alg, as, given, reasons(r))
				}
			}
		}
		if ours := sign(t, alg, `{"alg":"`+alg+`"}`, payload, k); ours != text {
			t.Errorf("%s: signed here %s, by openssl %s", alg, ours, text)
		}
	}
}
