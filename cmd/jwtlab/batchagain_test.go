package main

import (
	"bytes"
	"crypto/rand"
	"strconv"
	"strings"
	"testing"

	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/witness"
)

// TestAgainAnswersAlike answers every line of the corpus three times: by a worker that knows nothing, and twice by one
// that has a memory of all lines before.
func TestAgainAnswersAlike(t *testing.T) {
	old := newWorker()
	for line := range bytes.Lines(witness.Corpus(t, "jws.jsonl")) {
		want := newWorker().answer(answerJWS, line, false, nil)
		for range 2 {
			if got := old.answer(answerJWS, line, false, nil); string(got) != string(want) {
				t.Fatalf("with a memory: %swithout: %sof the line %.300s", got, want, line)
			}
		}
	}
}

// recalled is a line that a worker answers from memory, and what it knows before.
func recalled(t testing.TB) (w *worker, line string) {
	t.Helper()
	k, err := key.Generate(key.Spec{Alg: "HS256"}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signed := func(payload string) string {
		text, err := jws.Sign("HS256", []byte(`{"alg":"HS256"}`), []byte(payload), k, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		return `{"id":7,"input":"` + text + `","alg":"HS256","key":` + k.JWK() + `,"valid":true}`
	}
	w = newWorker()
	w.answer(answerJWS, []byte(strings.Replace(signed(`{"n":1}`), `,"valid":true`, "", 1)), false, nil)
	return w, strings.Replace(signed(`{"n":234}`), `,"valid":true`, "", 1)
}

// TestAgainIsTaken proves that the test above compares two ways, and that each oddity of a line leads to the long one.
func TestAgainIsTaken(t *testing.T) {
	w, line := recalled(t)
	if out, ok := w.memory.again([]byte(line), nil); !ok || !strings.Contains(string(out), `"valid":true`) {
		t.Fatalf("not from memory: %s %s", line, out)
	}
	for name, odd := range map[string]string{
		"another signature": strings.Replace(line, `","alg"`, `A","alg"`, 1),
		"a padded one":      strings.Replace(line, `","alg"`, `=","alg"`, 1),
		"an escape":         strings.Replace(line, `"input":"e`, `"input":"\u0065`, 1),
		"an escaped name":   strings.Replace(line, `"input"`, `"\u0069nput"`, 1),
		"another alg":       strings.Replace(line, `"alg":"HS256"`, `"alg":"HS512"`, 1),
		"no alg":            strings.Replace(line, `"alg":"HS256",`, ``, 1),
		"an odd alg":        strings.Replace(line, `"alg":"HS256",`, `"alg":5,`, 1),
		"another key":       strings.Replace(line, `"k":"`, `"k":"AAAA`, 1),
		"a member twice":    strings.Replace(line, `"alg"`, `"id":7,"alg"`, 1),
		"a payload":         strings.Replace(line, `"alg"`, `"payload":"e30","alg"`, 1),
		"more behind":       line + "x",
		"cut":               line[:len(line)-1],
		"a number like 01":  strings.Replace(line, `"id":7`, `"id":07`, 1),
		"a fraction":        strings.Replace(line, `"id":7`, `"id":7.5`, 1),
		"a line break":      strings.Replace(line, `","alg"`, "\n"+`","alg"`, 1),
		"outside ASCII":     strings.Replace(line, `"id":7`, `"id":"é"`, 1),
		"two dots more":     strings.Replace(line, `","alg"`, `..","alg"`, 1),
	} {
		if out, ok := w.memory.again([]byte(odd), nil); ok {
			t.Errorf("%s is answered from memory: %s", name, out)
		}
	}
}

// TestAgainID takes every kind of id that is plain.
func TestAgainID(t *testing.T) {
	w, line := recalled(t)
	for _, id := range []string{"0", "7", "1234567890", "null", `""`, `"a b"`} {
		out, ok := w.memory.again([]byte(strings.Replace(line, `"id":7`, `"id":`+id, 1)), nil)
		if !ok || !strings.HasPrefix(string(out), `{"id":`+id+`,"valid":true`) {
			t.Errorf("an id %s is answered from memory: %v, %s", id, ok, out)
		}
	}
}

// TestAgainSets tells sets apart that begin with the same key.
func TestAgainSets(t *testing.T) {
	_, line := recalled(t)
	jwk := line[strings.Index(line, `"key":`)+len(`"key":`) : len(line)-1]
	w := newWorker()
	for _, set := range []string{`{"keys":[` + jwk + `]}`, `{"keys":[` + jwk + `,{"kty":"oct","k":"AAAA"}]}`, jwk, `{"keys":[` + jwk + `], "n": 1}`} {
		text := []byte(strings.Replace(line, jwk, set, 1))
		want := newWorker().answer(answerJWS, text, false, nil)
		for range 2 {
			if got := w.answer(answerJWS, text, false, nil); string(got) != string(want) {
				t.Errorf("with a memory: %swithout: %s", got, want)
			}
		}
		if out, ok := w.memory.again(text, nil); !ok || string(out) != string(want) {
			t.Errorf("%s is answered from memory: %v, %s", set, ok, out)
		}
	}
}

// TestMemoryIsBounded gives a worker more keys than it may keep, and a header that is too long to be kept at all.
func TestMemoryIsBounded(t *testing.T) {
	_, line := recalled(t)
	w := newWorker()
	for i := range 2 * keptLength / keptBeside {
		text := []byte(strings.Replace(line, `"kty"`, `"n":`+strconv.Itoa(i)+`,"kty"`, 1))
		w.answer(answerJWS, text, false, nil)
		if _, ok := w.memory.again(text, nil); !ok || w.memory.kept > keptLength || len(w.memory.keys) > keptLength/keptBeside {
			t.Fatalf("after %d keys: from memory %v, %d bytes, %d keys", i+1, ok, w.memory.kept, len(w.memory.keys))
		}
	}
	k, err := key.Generate(key.Spec{Alg: "HS256"}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	long, err := jws.Sign("HS256", []byte(`{"alg":"HS256","x":"`+strings.Repeat("x", cachedLength)+`"}`), []byte(`{}`), k, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	text := []byte(`{"id":1,"input":"` + long + `","key":` + k.JWK() + `}`)
	if out := w.answer(answerJWS, text, false, nil); !strings.Contains(string(out), `"valid":true`) {
		t.Errorf("a long header: %s", out)
	}
	if _, ok := w.memory.again(text, nil); ok {
		t.Error("a long header is kept")
	}
}

// TestAgainWithoutAlg has a memory of a line that asks for no algorithm.
func TestAgainWithoutAlg(t *testing.T) {
	_, line := recalled(t)
	w := newWorker()
	w.answer(answerJWS, []byte(strings.Replace(line, `"alg":"HS256",`, ``, 1)), false, nil)
	for alg, known := range map[string]bool{``: true, `"alg":null,`: true, `"alg":5,`: false, `"alg":"",`: false, `"alg":nul,`: false, `"alg":"HS256",`: false} {
		text := []byte(strings.Replace(line, `"alg":"HS256",`, alg, 1))
		if _, ok := w.memory.again(text, nil); ok != known {
			t.Errorf("%q is answered from memory: %v", alg, ok)
		}
		got, want := w.answer(answerJWS, text, false, nil), newWorker().answer(answerJWS, text, false, nil)
		if string(got) != string(want) {
			t.Errorf("with a memory: %swithout: %s", got, want)
		}
	}
}

// FuzzAgain holds the two ways together.
func FuzzAgain(f *testing.F) {
	w, line := recalled(f)
	f.Add(30, []byte("x"))
	f.Add(0, []byte(" "))
	f.Add(6, []byte(`null,"note":"a"`))
	f.Fuzz(func(t *testing.T, at int, put []byte) {
		i := int(uint(at) % uint(len(line)))
		for _, text := range [][]byte{
			[]byte(line[:i] + string(put) + line[i:]), []byte(line[:i] + string(put) + line[min(len(line), i+len(put)):]),
		} {
			got := w.answer(answerJWS, text, false, nil)
			if want := newWorker().answer(answerJWS, text, false, nil); string(got) != string(want) {
				t.Errorf("with a memory: %swithout: %sof the line %s", got, want, text)
			}
		}
	})
}
