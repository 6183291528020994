package jws_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/cryptotest"

	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/token"
	"jwtlab/app/witness"
)

// A judgement is what npm's jose answers to an exam.
type judgement struct {
	Valid   bool
	Why     string
	Payload []byte
}

// TestDifferential judges thousands of tokens, sound and damaged, both here and with npm's jose. Where the answers are
// not the same, [differences] says why; a difference that it does not explain fails the test, and so does an
// explanation that explains nothing.
func TestDifferential(t *testing.T) {
	cryptotest.SetGlobalRandom(t, 1)
	var exams []exam
	for _, a := range both(t) {
		exams = append(exams, examsOf(t, a)...)
	}
	if len(exams) < 5000 {
		t.Errorf("only %d tokens", len(exams))
	}
	seen := make([]int, len(differences))
	agreed, genuine := 0, 0
	for i, theirs := range ask(t, exams) {
		ours, payload, reason := judge(exams[i])
		if ours == theirs.Valid {
			agreed++
			if ours && !bytes.Equal(payload, theirs.Payload) {
				t.Errorf("%s: payload %q, jose has %q, of %s", exams[i].class, payload, theirs.Payload, exams[i].Token)
			}
			if ours {
				genuine++
			}
			continue
		}
		if ours {
			reason, _, _ = strings.Cut(theirs.Why, ":")
		}
		if row := explain(exams[i].class, ours, reason); row >= 0 {
			seen[row]++
			continue
		}
		t.Errorf("%s: %v here, %v by jose, because of %s (%s): %+v", exams[i].class, ours, theirs.Valid, reason, theirs.Why, exams[i])
	}
	for i, d := range differences {
		if seen[i] == 0 {
			t.Errorf("%s: no such difference because of %s", d.class, d.reason)
		}
	}
	t.Logf("%d tokens, %d judged the same, %d of them genuine", len(exams), agreed, genuine)
}

// explain finds the row of a difference, -1 if there is none.
func explain(class string, ours bool, reason string) int {
	return slices.IndexFunc(differences, func(d difference) bool {
		fits, err := path.Match(d.class, class)
		return err == nil && fits && d.ours == ours && d.reason == reason
	})
}

// judge answers an exam with what is tested here; with no comes the reason.
func judge(e exam) (valid bool, payload []byte, reason string) {
	parsed, keys := token.Parse(e.Token), key.Read(e.Key, key.Auto)
	r := jws.Verify(parsed, keys, jws.Options{Alg: e.Alg})
	if r.Answer == check.Yes {
		return true, parsed.Payload().Bytes, ""
	}
	for _, p := range slices.Concat(parsed.Problems, keys.Problems) {
		if p.Severity == token.Error {
			return false, nil, p.Code
		}
	}
	for _, c := range r.Checks {
		if c.Answer == check.No {
			return false, nil, c.Code
		}
	}
	return false, nil, r.Checks[len(r.Checks)-1].Code
}

// both are the algorithms that are carried here and by jose in this Node.
func both(t *testing.T) []jws.Algorithm {
	t.Helper()
	var all []jws.Algorithm
	var questions []any
	for _, a := range jws.Algorithms() {
		questions = append(questions, map[string]string{"alg": a.Name})
	}
	for i, answer := range converse(t, questions) {
		if answer.Valid {
			all = append(all, jws.Algorithms()[i])
		}
	}
	if len(all) < 14 {
		t.Errorf("jose has only %d of the algorithms", len(all))
	}
	return all
}

func examsOf(t *testing.T, a jws.Algorithm) []exam {
	m := newMaker(t, a, readFixtures(t), uint64(len(a.Name))<<32+uint64(a.Name[0])<<8+uint64(a.Name[len(a.Name)-1]))
	var all []exam
	for _, mutation := range mutations() {
		for range mutation.times {
			if e := mutation.make(m); e.Key != "" {
				e.class = mutation.class
				all = append(all, e)
			}
		}
	}
	return all
}

func readFixtures(t *testing.T) fixtures {
	t.Helper()
	text, err := os.ReadFile("testdata/differential-keys.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	all := fixtures{}
	for line := range bytes.Lines(text) {
		var f struct {
			Name string
			JWK  json.RawMessage
		}
		if err := json.Unmarshal(line, &f); err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(f.JWK)
	}
	return all
}

func ask(t *testing.T, exams []exam) []judgement {
	t.Helper()
	questions := make([]any, len(exams))
	for i, e := range exams {
		questions[i] = e
	}
	return converse(t, questions)
}

// converse asks one process everything, and has one answer for each question.
func converse(t *testing.T, questions []any) []judgement {
	t.Helper()
	var in, out bytes.Buffer
	for _, q := range questions {
		line, err := json.Marshal(q)
		if err != nil {
			t.Fatal(err)
		}
		in.Write(append(line, '\n'))
	}
	cmd := witness.Jose(t, "differential.mjs")
	cmd.Stdin, cmd.Stdout = &in, &out
	if err := cmd.Run(); err != nil {
		t.Fatal(fmt.Errorf("jose: %w", err))
	}
	var answers []judgement
	lines := bufio.NewScanner(&out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var j judgement
		if err := json.Unmarshal(lines.Bytes(), &j); err != nil {
			t.Fatalf("%v: %s", err, lines.Bytes())
		}
		answers = append(answers, j)
	}
	if len(answers) != len(questions) {
		t.Fatalf("%d answers to %d questions", len(answers), len(questions))
	}
	return answers
}
