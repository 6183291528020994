package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jwtlab/app/key"
	"jwtlab/app/login"
)

// A clockwork rotates a file of keys at times of the test.
type clockwork struct {
	t    *testing.T
	path string
}

func (c clockwork) call(at time.Duration, args ...string) (code int, out, err string) {
	var o, e bytes.Buffer
	code = run(env{
		in: strings.NewReader(""), out: &o, err: &e, getenv: func(string) string { return "" },
		now: func() time.Time { return noon.Add(at) }, rand: rand.Reader,
	}, append([]string{"key", "rotate", c.path}, args...))
	return code, o.String(), e.String()
}

// rotate rotates and returns what was done.
func (c clockwork) rotate(at time.Duration, args ...string) rotated {
	c.t.Helper()
	code, out, err := c.call(at, append(args, "-json")...)
	var done rotated
	if code != good || err != "" || json.Unmarshal([]byte(out), &done) != nil || done.File != c.path {
		c.t.Fatalf("%v after noon, %q: code %d, %s%s", at, args, code, out, err)
	}
	return done
}

// keys reads the file as the service does.
func (c clockwork) keys() login.Keys {
	c.t.Helper()
	keys, err := login.ReadKeys(fileText(c.t, c.path))
	if err != nil {
		c.t.Fatal(err)
	}
	return keys
}

// signs holds the file to the key that signs at a time, and to those that are published then.
func (c clockwork) signs(at time.Duration, want string, published ...string) {
	c.t.Helper()
	keys := c.keys()
	if got := keys.Active(noon.Add(at)); got != want {
		c.t.Errorf("%v after noon %s signs, want %s", at, got, want)
	}
	var names []string
	for _, k := range key.Read(keys.JWKS(noon.Add(at)), key.Auto).Keys {
		if k.Private || k.KeyID != k.Thumbprint {
			c.t.Errorf("R-25: the set has %+v", k)
		}
		names = append(names, k.KeyID)
	}
	slices.Sort(names)
	slices.Sort(published)
	if !slices.Equal(names, published) {
		c.t.Errorf("%v after noon %q are published, want %q", at, names, published)
	}
}

func newClockwork(t *testing.T) clockwork {
	return clockwork{t, filepath.Join(t.TempDir(), "new", "keys.json")}
}

// TestRotate is R-25: a key is published before its first use, and the one before until its last token is over.
func TestRotate(t *testing.T) {
	c := newClockwork(t)
	first := c.rotate(0)
	if first.Alg != "EdDSA" || first.Starts != 0 || first.Before != "" || len(first.Removed) != 0 {
		t.Errorf("first: %+v", first)
	}
	a := first.KeyID
	c.signs(-time.Hour, a, a) // a replica whose clock is slow

	second := c.rotate(0, "-alg", "ES256", "-overlap", "2h", "-keep", "30m")
	b := second.KeyID
	if second.Before != a || second.Alg != "ES256" || second.Starts != noon.Add(2*time.Hour).Unix() || second.Ends != noon.Add(150*time.Minute).Unix() {
		t.Errorf("second: %+v", second)
	}
	c.signs(0, a, a, b)
	c.signs(2*time.Hour-time.Second, a, a, b)
	c.signs(2*time.Hour, b, a, b)
	c.signs(150*time.Minute, b, b)

	if code, out, err := c.call(2*time.Hour - time.Second); code != bad || out != "" || !strings.Contains(err, "under way") {
		t.Errorf("a rotation in a rotation: code %d, %s%s", code, out, err)
	}
	third := c.rotate(2 * time.Hour)
	if third.Before != b || third.Alg != "ES256" || len(third.Removed) != 0 {
		t.Errorf("third: %+v", third)
	}
	c.signs(2*time.Hour, b, a, b, third.KeyID)
	c.signs(4*time.Hour, third.KeyID, third.KeyID)

	fourth := c.rotate(50*time.Hour, "-alg", "RS256")
	if !slices.Equal(fourth.Removed, []string{a, b}) {
		t.Errorf("fourth: %+v; want %s and %s removed", fourth, a, b)
	}
	c.signs(51*time.Hour, fourth.KeyID, third.KeyID, fourth.KeyID)
}

func TestRotateByForce(t *testing.T) {
	c := newClockwork(t)
	a := c.rotate(0).KeyID
	b := c.rotate(0, "-overlap", "1d").KeyID
	third := c.rotate(time.Hour, "-force", "-overlap", "0", "-keep", "0") // the key has leaked
	if third.Before != a || !slices.Equal(third.Removed, []string{b}) {
		t.Errorf("by force: %+v", third)
	}
	c.signs(time.Hour, third.KeyID, third.KeyID)
	c.signs(25*time.Hour, third.KeyID, third.KeyID)
}

// TestRotateSecret: the thumbprint of a secret must not be published, and no secret may.
func TestRotateSecret(t *testing.T) {
	c := newClockwork(t)
	a := c.rotate(0, "-alg", "HS256").KeyID
	b := c.rotate(0).KeyID
	c.signs(0, a)
	c.signs(time.Hour, b)
	for _, k := range key.Read(fileText(t, c.path), key.Auto).Keys {
		if k.KeyID == k.Thumbprint || len(k.KeyID) != 22 || k.Bits != 256 {
			t.Errorf("a secret of %d bits is named %s, and its thumbprint is %s", k.Bits, k.KeyID, k.Thumbprint)
		}
	}
}

// TestRotateWhatIsOver begins at once where nothing signs.
func TestRotateWhatIsOver(t *testing.T) {
	c := newClockwork(t)
	a := c.rotate(0).KeyID
	c.edit(func(s string) string { return strings.Replace(s, `"kid"`, `"exp":1,"kid"`, 1) })
	if c.keys().Active(noon) != "" {
		t.Fatal("a key that is over signs")
	}
	second := c.rotate(0)
	if second.Starts != 0 || !slices.Equal(second.Removed, []string{a}) {
		t.Errorf("then %+v", second)
	}
	c.signs(0, second.KeyID, second.KeyID)
}

// TestRotateEndsAll ends every key that is there, in a file that somebody else made too.
func TestRotateEndsAll(t *testing.T) {
	one, a, err := newSigningKey("EdDSA", rand.Reader)
	two, b, err2 := newSigningKey("ES256", rand.Reader)
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	c := clockwork{t, file(t, "keys.json", newKeySet(one+","+two))}
	third := c.rotate(0)
	if third.Before != a || third.Alg != "EdDSA" {
		t.Errorf("the keys are %s and %s; %+v", a, b, third)
	}
	c.signs(0, a, a, b, third.KeyID)
	c.signs(2*time.Hour, third.KeyID, third.KeyID)
}

func (c clockwork) edit(change func(string) string) {
	c.t.Helper()
	if err := os.WriteFile(c.path, []byte(change(fileText(c.t, c.path))), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

// TestRotateIsLossless keeps what somebody else has put into the file.
func TestRotateIsLossless(t *testing.T) {
	c := newClockwork(t)
	c.rotate(0)
	c.edit(func(s string) string {
		raw := strings.TrimSuffix(strings.TrimPrefix(s, "{\"keys\":[\n"), "\n]}\n")
		mine := strings.Replace(raw, "{", "{\n  \"x-note\" : [1, 1.0e0],\n  ", 1)
		mine = strings.TrimSuffix(mine, "}") + ",\n  \"exp\" : null\n}"
		return "{ \"x-set\": {\"a\":1.00},\n\"keys\" :\t[ " + strings.Replace(mine, `"exp" : null`, `"exp" : 4102444800`, 1) + " ] , \"z\":[ ]}\n\n"
	})
	before := fileText(t, c.path)
	done := c.rotate(0)
	after := fileText(t, c.path)
	kept := strings.NewReplacer("\"keys\" :\t[ ", "\"keys\" :\t[\n", "4102444800", "1795237200", " ] , \"z\"", ",\nNEW\n] , \"z\"").Replace(before)
	got := after
	for line := range strings.Lines(after) {
		if strings.Contains(line, done.KeyID) {
			got = strings.Replace(after, strings.TrimSuffix(line, "\n"), "NEW", 1)
		}
	}
	if got != kept {
		t.Errorf("got\n%s\nwant\n%s", got, kept)
	}
}

func TestRotateRefuses(t *testing.T) {
	good1, _, err := newSigningKey("EdDSA", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	k := key.Read(good1, key.Auto).Keys[0]
	public, _ := k.PublicKey()
	for text, want := range map[string]string{
		"":                             "cannot sign",
		"secret":                       "cannot sign",
		good1:                          "cannot sign",
		`{"keys":[]}`:                  "cannot sign",
		newKeySet(public.JWK()):        "cannot sign",
		newKeySet(good1 + "," + good1): "cannot sign",
		newKeySet(withNumber(good1, "nbf", 1)[:len(good1)-1] + `,"nbf":"soon"}`):         "cannot sign",
		`{"keys":[` + good1 + `],"keys":[` + good1 + `]}`:                                "a fault",
		newKeySet(good1[:len(good1)-1] + `,"exp":1,"exp":2}`):                            "cannot sign",
		newKeySet(strings.Replace(good1, `"alg":"EdDSA"`, `"alg":"ES384"`, 1)):           "ES384",
		newKeySet(good1[:len(good1)-1] + `,"pad":"` + strings.Repeat("x", 2<<20) + `"}`): "too large",
	} {
		c := clockwork{t, file(t, "keys.json", text)}
		code, out, err := c.call(0)
		if code != bad || out != "" || !strings.Contains(err, want) || strings.Contains(err, "⟨") {
			t.Errorf("%.80q: code %d, %s%s; want %q", text, code, out, err, want)
		}
		if fileText(t, c.path) != text {
			t.Errorf("%.80q is changed", text)
		}
	}
	c := clockwork{t, file(t, "keys.json", newKeySet(good1))}
	if err := os.Chmod(c.path, 0o640); err != nil {
		t.Fatal(err)
	}
	if code, _, err := c.call(0); os.PathSeparator == '/' && (code != bad || !strings.Contains(err, "chmod 600")) {
		t.Errorf("a file that others read: code %d, %s", code, err)
	}
}

// TestRotateTogether lets several begin at once: one makes the file, one rotates, and the others find that under way.
func TestRotateTogether(t *testing.T) {
	c := newClockwork(t)
	var made, underWay atomic.Int32
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			switch code, _, err := c.call(0); {
			case code == good:
				made.Add(1)
			case strings.Contains(err, "under way"):
				underWay.Add(1)
			default:
				t.Error(code, err)
			}
		})
	}
	wait.Wait()
	if made.Load() != 2 || underWay.Load() != 6 {
		t.Errorf("%d made a key, %d found a rotation", made.Load(), underWay.Load())
	}
	c.keys()
}
