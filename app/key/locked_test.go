package key_test

import (
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"jwtlab/app/key"
	"jwtlab/app/witness"
)

// tool returns a folder in which a command of that name can be run, or skips.
func tool(t *testing.T, name string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(name + " is not installed")
		}
		t.Skip(name + " is not installed; see .ci/run for what is needed")
	}
	return t.TempDir()
}

// run runs a command line in a folder; a blank argument is written ”.
func run(t *testing.T, dir, line string) {
	t.Helper()
	args := strings.Fields(line)
	for i, a := range args {
		args[i] = strings.Trim(a, "'")
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", line, err, out)
	}
}

func file(t *testing.T, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestLockedByOpenSSL has openssl lock keys in all the ways it knows, and unlocks them.
func TestLockedByOpenSSL(t *testing.T) {
	dir := tool(t, "openssl")
	ec, rsa := generate(t, "ES256"), generate(t, "RS256")
	for name, k := range map[string]key.Key{"ec": ec, "rsa": rsa} {
		text, err := k.PEM()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const pkcs8 = "openssl pkcs8 -topk8 -in ec -passout pass:right -out locked "
	rows := []struct {
		line, code string // of the problem, if it is not opened
		want       key.Key
	}{
		{pkcs8 + "-v2 aes-128-cbc -v2prf hmacWithSHA1", "", ec},
		{pkcs8 + "-v2 aes-192-cbc -v2prf hmacWithSHA256", "", ec},
		{pkcs8 + "-v2 aes-256-cbc -v2prf hmacWithSHA384 -iter 10000", "", ec},
		{pkcs8 + "-v2 aes-256-cbc -v2prf hmacWithSHA512 -iter 1", "", ec},
		{pkcs8 + "-v2 des3", "", ec},
		{pkcs8 + "-scrypt", "key.cipher scrypt", ec},
		{pkcs8 + "-v2 aria128", "key.cipher 1.2.410.200046.1.1.2", ec},
		{pkcs8 + "-v1 PBE-SHA1-3DES", "key.cipher PKCS #12, SHA-1, 3DES", ec},
		{"openssl ec -in ec -aes128 -passout pass:right -out locked", "", ec},
		{"openssl ec -in ec -des3 -passout pass:right -out locked", "", ec},
		{"openssl rsa -in rsa -traditional -aes192 -passout pass:right -out locked", "", rsa},
		{"openssl rsa -in rsa -traditional -aes256 -passout pass:right -out locked", "", rsa},
		{"openssl rsa -in rsa -traditional -camellia128 -passout pass:right -out locked", "key.cipher CAMELLIA-128-CBC", rsa},
	}
	for _, row := range rows {
		run(t, dir, row.line)
		opens(t, row.line, file(t, dir, "locked"), row.code, row.want)
	}
}

// opens holds a locked key to its passphrase, "right": none, a wrong one, and that.
func opens(t *testing.T, name, text, code string, want key.Key) {
	t.Helper()
	forms := []string{text}
	if block, _ := pem.Decode([]byte(text)); block.Type == "ENCRYPTED PRIVATE KEY" {
		forms = append(forms, string(block.Bytes)) // DER
	}
	for _, text := range forms {
		for passphrase, wanted := range map[string]string{"": "key.passphrase", "wrong": "key.passphrase-wrong", "right": ""} {
			if code != "" {
				wanted = code
			}
			r := key.ReadWith(text, key.Options{Passphrase: passphrase})
			inside(t, text, r)
			switch {
			case codes(r) != wanted || r.Kind != "pem" || (len(r.Keys) == 1) != (wanted == ""):
				t.Errorf("%s: with %q: %s with %d keys, %q; want %q", name, passphrase, r.Kind, len(r.Keys), codes(r), wanted)
			case wanted == "" && (r.Keys[0].Thumbprint != want.Thumbprint || !r.Keys[0].Private || !r.Keys[0].Encrypted):
				t.Errorf("%s: another key is opened: %+v", name, r.Keys[0])
			}
		}
	}
}

// TestLockedBySSH has ssh-keygen make keys of every kind, locked and open, and reads both halves.
func TestLockedBySSH(t *testing.T) {
	dir := tool(t, "ssh-keygen")
	for _, kind := range []string{"-t rsa -b 2048", "-t ed25519", "-t ecdsa -b 256", "-t ecdsa -b 384", "-t ecdsa -b 521"} {
		ways := []string{"''", "right -a 1"}
		if kind == "-t ed25519" {
			ways = append(ways, "right -a 3 -Z aes128-ctr", "right -a 1 -Z aes192-cbc", "right")
		}
		for _, how := range ways {
			os.Remove(filepath.Join(dir, "k"))
			run(t, dir, "ssh-keygen -q "+kind+" -f k -N "+how)
			private, public := file(t, dir, "k"), file(t, dir, "k.pub")
			half := read(t, public)
			if how != "''" {
				opens(t, kind+" "+how, private, "", half)
			} else if k := read(t, private); k.Thumbprint != half.Thumbprint || !k.Private || k.Format != "openssh" || half.Format != "ssh" {
				t.Errorf("%s: %+v and %+v", kind, k, half)
			}
		}
	}
	run(t, dir, "ssh-keygen -q -t ed25519 -f gcm -N right -a 1 -Z aes256-gcm@openssh.com")
	opens(t, "GCM", file(t, dir, "gcm"), "key.cipher aes256-gcm@openssh.com", key.Key{})
	run(t, dir, "ssh-keygen -q -t ed25519 -f slow -N right -a 1000")
	if r := key.ReadWith(file(t, dir, "slow"), key.Options{Passphrase: "right"}); codes(r) != "key.rounds 1000 200" {
		t.Errorf("1000 rounds: %s", codes(r))
	}
}

// TestLocked opens the locked keys that other projects publish for their tests, each with its passphrase.
func TestLocked(t *testing.T) {
	passphrases := map[string]string{"rsa-with-passphrase.pem": "passphrase", "privateSecure.pem": "password", "private.encrypted.key": "tests"}
	opened := 0
	for _, l := range witness.Lines[struct{ ID, Text string }](t, "pem.jsonl") {
		if p := passphrases[filepath.Base(l.ID)]; p != "" {
			opened++
			if r := key.ReadWith(l.Text, key.Options{Passphrase: p}); len(r.Keys) != 1 || !r.Keys[0].Private || codes(r) != "" {
				t.Errorf("%s: %d keys, %s", l.ID, len(r.Keys), codes(r))
			}
		}
	}
	if opened != len(passphrases) {
		t.Errorf("%d of them are in the corpus", opened)
	}
}

// TestRoundsAreBounded reads many locked keys in one text: their work is bounded together.
func TestRoundsAreBounded(t *testing.T) {
	dir := tool(t, "openssl")
	run(t, dir, "openssl genpkey -algorithm ed25519 -out k")
	run(t, dir, "openssl pkcs8 -topk8 -in k -passout pass:right -out locked -v2 aes-128-cbc -iter 400000")
	text := file(t, dir, "locked")
	r := key.ReadWith(strings.Repeat(text, 8), key.Options{Passphrase: "right"})
	if len(r.Keys) != 5 || !strings.HasPrefix(codes(r), "key.rounds 400000 2000000") {
		t.Errorf("%d keys, %s", len(r.Keys), codes(r))
	}
}
