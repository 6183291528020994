package e2e_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"jwtlab/app/play/desk"
)

// TestExamples chooses each example: the page says of it what the engine and the command line say.
func TestExamples(t *testing.T) {
	t.Parallel()
	jwtlab := command(t)
	p := open(t, serve(t), "")
	for _, e := range desk.Examples() {
		e = e.Made()
		p.find("combobox", p.say("ui.examples")).choose(e.ID)
		p.holds("token", e.Token)
		p.holds("key", e.Key)
		p.judgedLike(e.Token, e.Key, now)
		page := [4]string{}
		for i, name := range []string{"form", "signature", "acceptance"} {
			page[i] = p.get(`document.getElementById("verdict").dataset.` + name)
		}
		page[3] = p.get(`document.querySelector("#verdict [role=status]").textContent`)
		cli := verified(t, jwtlab, e)
		if strings.HasPrefix(page[3], cli[3]+" ") {
			page[3] = cli[3] // the page adds the reason to the sentence
		}
		if cli != page {
			t.Errorf("%s: the command line says %q, the page %q", e.ID, cli, page)
		}
	}
}

// command builds the command line.
func command(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "jwtlab")
	if out, err := exec.Command("go", "build", "-o", path, "jwtlab/cmd/jwtlab").CombinedOutput(); err != nil {
		t.Fatalf("building jwtlab: %v\n%s", err, out)
	}
	return path
}

// verified returns the three answers and the summary that jwtlab verify -json prints.
func verified(t *testing.T, jwtlab string, e desk.Example) [4]string {
	t.Helper()
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte(e.Key), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(jwtlab, "verify", "-key", key, "-at", strconv.Itoa(now), "-json")
	cmd.Env = append(os.Environ(), "LANG=C", "LC_ALL=C")
	cmd.Stdin = strings.NewReader(e.Token)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, _ := cmd.Output() // its exit code is 1 unless all three are yes
	var got struct{ Form, Signature, Acceptance, Summary string }
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%s: %v: %s%s", e.ID, err, out, errs.Bytes())
	}
	return [4]string{got.Form, got.Signature, got.Acceptance, got.Summary}
}
