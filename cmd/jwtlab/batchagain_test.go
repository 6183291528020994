package main

import (
	"bytes"
	"crypto/rand"
	"strings"
	"testing"

	"jwtlab/app/jws"
	"jwtlab/app/key"
)

// TestAgainAnswersAlike answers every line of the corpus three times: by a worker that knows nothing, and twice by one
// that has a memory of all lines before.
func TestAgainAnswersAlike(t *testing.T) {
	old := newWorker()
	for line := range bytes.Lines(corpus(t, "jws")) {
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
