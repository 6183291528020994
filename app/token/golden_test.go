package token_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"jwtlab/app/token"
)

var update = flag.Bool("update", false, "write the golden files anew")

// A goldenCase is a file of testdata: a comment, the input (as it is without its last line break, or quoted as in Go),
// then what Read makes of it.
type goldenCase struct {
	comment, input, key string
	want                string
}

// TestGolden reads the inputs of testdata and compares tokens and problems with what the files say.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d cases: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			c := readCase(t, file)
			got := describe(token.Read(c.text(t)))
			if *update {
				text := c.comment + "-- " + c.key + " --\n" + c.input + got
				if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func readCase(t *testing.T, file string) goldenCase {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var c goldenCase
	var ok bool
	c.comment, c.input, ok = strings.Cut(string(b), "-- input --\n")
	c.key = "input"
	if !ok {
		c.comment, c.input, ok = strings.Cut(string(b), "-- quoted --\n")
		c.key = "quoted"
	}
	if !ok || strings.TrimSpace(c.comment) == "" {
		t.Fatalf("%s: no comment or no input", file)
	}
	c.input, c.want, _ = strings.Cut(c.input, "-- tokens --\n")
	c.want = "-- tokens --\n" + c.want
	return c
}

func (c goldenCase) text(t *testing.T) string {
	t.Helper()
	text := strings.TrimSuffix(c.input, "\n")
	if c.key == "quoted" {
		unquoted, err := strconv.Unquote(text)
		if err != nil {
			t.Fatal(err)
		}
		return unquoted
	}
	return text
}

// describe writes a reading so that it can be reviewed.
func describe(r token.Reading) string {
	var b strings.Builder
	b.WriteString("-- tokens --\n")
	for _, t := range r.Tokens {
		fmt.Fprintf(&b, "%s %d-%d", t.Form, t.Start, t.End)
		if t.Found != "" {
			fmt.Fprintf(&b, " in %s", t.Found)
		}
		fmt.Fprintf(&b, ", %s\n", map[bool]string{true: "well-formed", false: "not well-formed"}[t.OK()])
		for _, s := range t.Segments {
			fmt.Fprintf(&b, "  %s %d-%d %s\n", s.Part, s.Start, s.End, shown(s))
		}
	}
	b.WriteString("-- problems --\n")
	problems(&b, r.Problems)
	for i, t := range r.Tokens {
		if len(r.Tokens) > 1 && len(t.Problems) > 0 {
			fmt.Fprintf(&b, "token %d\n", i+1)
		}
		problems(&b, t.Problems)
	}
	return b.String()
}

func problems(b *strings.Builder, list []token.Problem) {
	for _, p := range list {
		fmt.Fprintf(b, "%s %s %d-%d", p.Severity, p.Code, p.Start, p.End)
		for _, a := range p.Args {
			fmt.Fprintf(b, " %q", a)
		}
		if p.Part != "" {
			fmt.Fprintf(b, " (%s)", p.Part)
		}
		b.WriteByte('\n')
	}
}

// shown gives a segment's content: its JSON compacted, text quoted, or how many bytes.
func shown(s token.Segment) string {
	lax := ""
	if !s.Strict {
		lax = " (not strict)"
	}
	if s.JSON != nil {
		return clip(strings.ToValidUTF8(string(s.JSON.Compact()), "?")) + lax
	}
	for _, c := range string(s.Bytes) {
		if c < ' ' || c == 0xfffd {
			return strconv.Itoa(len(s.Bytes)) + " bytes" + lax
		}
	}
	return clip(strconv.Quote(string(s.Bytes))) + lax
}

func clip(s string) string {
	if len(s) > 160 {
		return s[:160] + "…"
	}
	return s
}
