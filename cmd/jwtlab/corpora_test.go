package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/witness"
)

// The published corpora say what is right; see the README beside them. Lines on which sound implementations differ are
// marked disputed there and are not held to.

// aVerdict is a line of the corpora, or our answer to it.
type aVerdict struct {
	ID               string
	Input            json.RawMessage
	Disputed         bool
	Alg              string
	Key              json.RawMessage
	JWK              json.RawMessage
	Valid, OK        bool
	Header           json.RawMessage
	Payload          *string         `json:"payload_b64u"`
	Claims           json.RawMessage `json:"payload"`
	JKT              *string
	Kind             string
	Thumbprint       string `json:"thumbprint_sha256"`
	Why, Note, Error string
	Checks           []struct{ Name, Why string }
	Problems         []struct{ Code string }
}

// judge answers a corpus as the command does, and compares the lines that are not disputed. Those that it skips are for
// what is not carried.
func judge(t *testing.T, kind string, skip func(aVerdict) bool, same func(want, got aVerdict) bool) {
	want, got := answers(t, kind)
	compared := 0
	for i, w := range want {
		g := got[i]
		switch {
		case w.Disputed || skip(w):
			if skip(w) && !w.Valid && g.Valid {
				t.Errorf("%s is not carried, and yet said to be valid", w.ID)
			}
		case !same(w, g):
			t.Errorf("%s: want valid %v ok %v %s; got %+v", w.ID, w.Valid, w.OK, w.Why, g)
		default:
			compared++
		}
	}
	t.Logf("%s: %d of %d lines compared", kind, compared, len(want))
	if compared < len(want)/2 {
		t.Error("most lines were not compared")
	}
}

// answers are a corpus, and what the command answers to it line by line.
func answers(t *testing.T, kind string) (want, got []aVerdict) {
	t.Helper()
	text := witness.Corpus(t, kind+".jsonl")
	var out bytes.Buffer
	if err := runLines(bytes.NewReader(text), &out, batch{kinds[kind], runtime.GOMAXPROCS(0)}); err != nil {
		t.Fatal(err)
	}
	want, got = verdicts(t, text), verdicts(t, out.Bytes())
	if len(want) != len(got) {
		t.Fatalf("%d answers to %d lines", len(got), len(want))
	}
	for i, w := range want {
		if g := got[i]; w.ID != g.ID || g.Error != "" {
			t.Errorf("%s is answered by %s %s", w.ID, g.ID, g.Error)
		}
	}
	return want, got
}

func verdicts(t *testing.T, text []byte) []aVerdict {
	t.Helper()
	var all []aVerdict
	for line := range bytes.Lines(text) {
		var v aVerdict
		if err := json.Unmarshal(line, &v); err != nil {
			t.Fatalf("%v in %.200s", err, line)
		}
		all = append(all, v)
	}
	return all
}

// TestCorpusDecode compares header and payload of the broken lines too: each is there as far as the token is sound.
func TestCorpusDecode(t *testing.T) {
	judge(t, "decode", func(aVerdict) bool { return false }, func(want, got aVerdict) bool {
		return want.OK == got.OK && reflect.DeepEqual(want.Payload, got.Payload) && sameJSON(t, want.Header, got.Header)
	})
}

// sameJSON compares two JSON texts by their values: the corpora spell numbers in their own way.
func sameJSON(t *testing.T, a, b []byte) bool {
	t.Helper()
	var va, vb any
	if err := errors.Join(json.Unmarshal(a, &va), json.Unmarshal(b, &vb)); err != nil {
		t.Errorf("%v in %s or %s", err, a, b)
	}
	return reflect.DeepEqual(va, vb)
}

// otherwise are the disputed lines where we differ; app/jws/corpus_test.go says why.
var otherwise = []string{
	"wycheproof/json_web_signature/346", "wycheproof/json_web_signature/347", "wycheproof/json_web_signature/351",
	"wycheproof/json_web_signature/372", "wycheproof/json_web_signature/373", "wycheproof/json_web_crypto/17",
	"wycheproof/json_web_key/1", "wycheproof/json_web_key/7", "wycheproof/json_web_key/10", "wycheproof/json_web_key/11",
	"wycheproof/json_web_key/12",
}

// TestCorpusJWS answers every line, the disputed ones too.
func TestCorpusJWS(t *testing.T) {
	want, got := answers(t, "jws")
	for i, w := range want {
		g := got[i]
		if (w.Valid == g.Valid) == slices.Contains(otherwise, w.ID) || len(g.Checks) == 0 {
			t.Errorf("%s: want valid %v, disputed %v: %s; got %+v", w.ID, w.Valid, w.Disputed, w.Why, g)
		}
	}
}

func TestCorpusJWK(t *testing.T) {
	judge(t, "jwk", func(aVerdict) bool { return false }, func(want, got aVerdict) bool {
		return want.OK == got.OK && (!want.OK || want.Thumbprint == got.Thumbprint)
	})
}

// TestCorpusPEM leaves out the lines that are locked: the command is given no passphrase for them in this corpus.
func TestCorpusPEM(t *testing.T) {
	locked := func(w aVerdict) bool { return strings.Contains(w.Note, "passphrase") }
	judge(t, "pem", locked, func(want, got aVerdict) bool {
		return want.OK == got.OK && (!want.OK || strings.HasPrefix(got.Kind, want.Kind))
	})
}

// TestBatchPassphrase answers the locked lines, with and without their passphrase.
func TestBatchPassphrase(t *testing.T) {
	for line := range strings.Lines(string(witness.Corpus(t, "pem.jsonl"))) {
		if !strings.Contains(line, "the passphrase is corpus") {
			continue
		}
		for passphrase, want := range map[string]string{`"corpus"`: `"ok":true`, `"other"`: "key.passphrase-wrong", "null": "key.passphrase"} {
			in := strings.Replace(line, "{", `{"passphrase":`+passphrase+",", 1)
			if out := (world{stdin: in}).must(t, "batch", "pem"); !strings.Contains(out, want) {
				t.Errorf("with %s: %s; want %s", passphrase, out, want)
			}
		}
	}
}

func TestCorpusSDJWT(t *testing.T) {
	judge(t, "sdjwt", func(aVerdict) bool { return false }, func(want, got aVerdict) bool {
		return want.Valid == got.Valid && len(got.Checks) > 0 && sameJSON(t, want.Claims, got.Claims)
	})
}

func TestCorpusDPoP(t *testing.T) {
	judge(t, "dpop", func(aVerdict) bool { return false }, func(want, got aVerdict) bool {
		return want.Valid == got.Valid && len(got.Checks) > 0 && (want.JKT == nil) == (got.JKT == nil) &&
			(want.JKT == nil || *want.JKT == *got.JKT)
	})
}

// TestCorpusJWE answers every line. The one where we differ is a JSON serialization whose source knows none.
func TestCorpusJWE(t *testing.T) {
	want, got := answers(t, "jwe")
	for i, w := range want {
		g := got[i]
		if (w.Valid == g.Valid) == (w.ID == "wycheproof/json_web_crypto/66") || len(g.Checks) == 0 {
			t.Errorf("%s: want valid %v, disputed %v: %s; got %+v", w.ID, w.Valid, w.Disputed, w.Why, g)
		}
		if w.Payload != nil && (g.Payload == nil || *w.Payload != *g.Payload) {
			t.Errorf("%s: content %v", w.ID, g.Payload)
		}
	}
}
