package token_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/token"
)

const viewed = `{ "sub" : "alice", "aud":["a","b~c"], "x/y": {"é":12345678901234567890} ,"ok":true}`

// spellings are ways in which one token is pasted.
func spellings(tok string) map[string]string {
	return map[string]string{
		"plain":    tok,
		"bearer":   "Authorization: Bearer " + tok,
		"wrapped":  "> " + every(40, tok, "\r\n> "),
		"percent":  "https://x.example/?t=" + strings.ReplaceAll(strings.ReplaceAll(tok, ".", "%2E"), "c", "%63"),
		"strays":   every(25, tok, "\u200b"),
		"wide":     wide(tok),
		"chunks":   "Cookie: s.0=" + tok[:60] + "; a=b; s.1=" + tok[60:],
		"concat":   `t := "` + every(30, tok, "\" +\n\t\"") + `"`,
		"wrapped2": "token: " + base64.StdEncoding.EncodeToString([]byte(tok)),
	}
}

// gather puts the characters of spans together and takes out what is not base64url, or undoes how it is written.
func gather(text string, spans []token.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(text[s.Start:s.End])
	}
	plain := strings.NewReplacer("%63", "c", "%2E", ".", "\u200b", "").Replace(b.String())
	return strings.Map(func(r rune) rune {
		if r > 0xff00 {
			return r - 0xfee0
		}
		return r
	}, plain)
}

// carries reports whether the base64url characters hold the bytes, given which of four characters is the first: the
// first and the last of them may hold bits of a neighbour too.
func carries(t *testing.T, chars string, at int, want []byte) {
	t.Helper()
	padded := strings.Repeat("A", at*8/6%4) + chars
	if len(padded)%4 == 1 {
		t.Fatalf("%q cannot hold %q", chars, want)
	}
	got, err := base64.RawURLEncoding.DecodeString(padded)
	if err != nil || !bytes.Contains(got, want) {
		t.Fatalf("%q (at %d) decodes to %q (%v), which has no %q", chars, at, got, err, want)
	}
}

// TestViewRoundTrip holds the two directions to their laws: the pasted characters of each piece decode to bytes that have
// the piece's text, and each of those characters leads back to that piece or, where a character is shared, to the next.
func TestViewRoundTrip(t *testing.T) {
	for name, text := range spellings(jws(`{"alg":"HS256"}`, viewed)) {
		t.Run(name, func(t *testing.T) {
			tok := one(t, text)
			if string(tok.Payload().Bytes) != viewed {
				t.Fatalf("payload %s", tok.Payload().Bytes)
			}
			v := tok.Payload().View()
			for _, shown := range v.Tokens {
				p, ok := v.Under(shown.Start)
				if last, _ := v.Under(shown.End - 1); !ok || last.Shown != p.Shown || p.Shown != (token.Span{Start: shown.Start, End: shown.End}) {
					t.Fatalf("under %d is %+v, want %+v", shown.Start, p, shown)
				}
				if name != "wrapped2" { // there the characters carry characters
					carries(t, gather(text, p.Source), p.Bytes.Start%3, []byte(v.Text[shown.Start:shown.End]))
				}
				back(t, v, tok, p)
			}
		})
	}
}

// back asks for the piece under each of its own pasted characters. At the ends a character may carry more of a neighbour.
func back(t *testing.T, v token.View, tok token.Token, p token.Piece) {
	t.Helper()
	hits := 0
	for _, s := range p.Source {
		for at := s.Start; at < s.End; at++ {
			if i := tok.SegmentAt(at); i < 0 || tok.Segments[i].Part != token.PartPayload {
				t.Fatalf("%d is in segment %d", at, i)
			}
			got, ok := v.At(at)
			if !ok {
				t.Fatalf("nothing is at %d of %+v", at, p)
			}
			if got.Shown == p.Shown {
				hits++
			}
		}
	}
	if hits == 0 {
		t.Fatalf("no character of %+v leads back to it", p)
	}
}

// TestViewAt names what is under places of a token.
func TestViewAt(t *testing.T) {
	text := jws(`{"alg":"HS256"}`, viewed)
	tok := one(t, text)
	v := tok.Payload().View()
	for _, c := range []struct{ under, class, pointer, member string }{
		{`"sub"`, "name", "/sub", `"sub": "alice"`},
		{`"alice"`, "string", "/sub", `"sub": "alice"`},
		{`"b~c"`, "string", "/aud/1", `"b~c"`},
		{`12345678901234567890`, "number", "/x~1y/é", `"é": 12345678901234567890`},
		{`true`, "bool", "/ok", `"ok": true`},
		{`[`, "punct", "/aud", "\"aud\": [\n    \"a\",\n    \"b~c\"\n  ]"},
		{`{`, "punct", "", v.Text},
	} {
		at := strings.Index(v.Text, c.under)
		p, ok := v.Under(at)
		if !ok || p.Class != c.class || v.Text[p.Shown.Start:p.Shown.End] != c.under || p.Member.Pointer != c.pointer ||
			v.Text[p.Member.Shown.Start:p.Member.Shown.End] != c.member {
			t.Errorf("%s: %+v in %q, member %q", c.under, p, p.Member.Pointer, v.Text[p.Member.Shown.Start:p.Member.Shown.End])
		}
	}
	if p, ok := v.Under(1); ok {
		t.Errorf("the layout's line break is %+v", p)
	}
	space := strings.Index(viewed, " :")
	at := tok.Payload().Source(space, space+1)
	if p, ok := v.At(at.End - 1); !ok || p.Class != "" || p.Member.Pointer != "/sub" {
		t.Errorf("the blank before a colon is %+v", p)
	}
	for _, at := range []int{-1, 0, tok.Header().End, tok.Payload().End, len(text) + 5} {
		if p, ok := v.At(at); ok {
			t.Errorf("at %d is %+v", at, p)
		}
	}
	if i := tok.SegmentAt(tok.Header().End); i != -1 {
		t.Errorf("the dot is in segment %d", i)
	}
}

// TestViewOfText gives the characters of a payload that is not JSON, and nothing of bytes that are no text.
func TestViewOfText(t *testing.T) {
	text := "Bearer " + jws(`{"alg":"HS256"}`, "안녕 plain")
	p := one(t, text).Payload()
	v := p.View()
	for i, r := range v.Text {
		at := p.Source(i, i+1)
		piece, ok := v.At(at.Start + 1)
		if !ok || piece.Class != "text" || !strings.ContainsRune(v.Text[piece.Shown.Start:piece.Shown.End], r) && i > 0 && piece.Shown.Start > i+4 {
			t.Errorf("at %d is %+v, want %c", at, piece, r)
		}
		under, _ := v.Under(i)
		if got := v.Text[under.Shown.Start:under.Shown.End]; got != string(r) {
			t.Errorf("under %d is %q, want %c", i, got, r)
		}
	}
	v = one(t, jws(`{"alg":"HS256"}`, "\x00\x01\xff")).Payload().View()
	if _, ok := v.Under(0); ok || v.Text != "" {
		t.Errorf("bytes are shown as %q", v.Text)
	}
}

func TestShape(t *testing.T) {
	for payload, want := range map[string]token.Shape{
		`{"a":1}`: token.ShapeObject, `[1]`: token.ShapeValue, `12`: token.ShapeValue, `"x"`: token.ShapeValue, "plain\n": token.ShapeText,
		"한글": token.ShapeText, "a\x00": token.ShapeBinary, "caf\xe9": token.ShapeBinary, "\x1b[2J": token.ShapeBinary, "": "", `{"a":`: token.ShapeObject,
	} {
		if got := token.Parse(jws(`{"alg":"HS256"}`, payload)).Payload().Shape(); got != want {
			t.Errorf("%q is %s, want %s", payload, got, want)
		}
	}
	list := token.Parse(jws(`{"alg":"HS256"}`, "caf\xe9 au lait")).Problems
	if got := brief(list); got != "token.not-text 25-27 0xE9 3" {
		t.Errorf("problems %s", got)
	}
}

// TestHexDump gives rows, and puts together again all bytes of a dump that is asked for piece by piece.
func TestHexDump(t *testing.T) {
	b := []byte("0123456789abcdef\x00\x7f~ \xffA")
	rows := token.HexDump(b, 0, 10)
	want := []token.HexRow{
		{Offset: 0, Hex: "30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66", Text: "0123456789abcdef"},
		{Offset: 16, Hex: "00 7f 7e 20 ff 41", Text: "..~ .A"},
	}
	if !slices.Equal(rows, want) {
		t.Errorf("got %v, want %v", rows, want)
	}
	if one := token.HexDump(b, 20, 1); len(one) != 1 || one[0].Offset != 16 {
		t.Errorf("the row of byte 20 is %v", one)
	}
	for _, none := range [][]token.HexRow{token.HexDump(nil, 0, 9), token.HexDump(b, 99, 9), token.HexDump(b, 0, 0), token.HexDump(b, 0, -1)} {
		if none != nil {
			t.Errorf("rows of nothing: %v", none)
		}
	}
	long := bytes.Repeat([]byte{1, 2, 3}, 1000)
	var got []byte
	for at := 0; at < len(long); at += 160 {
		for _, r := range token.HexDump(long, at, 10) {
			for field := range strings.FieldsSeq(r.Hex) {
				var c byte
				fmt.Sscanf(field, "%02x", &c)
				got = append(got, c)
			}
		}
	}
	if !bytes.Equal(got, long) {
		t.Errorf("%d bytes of %d come back", len(got), len(long))
	}
}

// FuzzView holds views to their laws for any payload in any spelling: every piece's source lies in the segment, what is
// under the view's own text is that text, and both directions agree.
func FuzzView(f *testing.F) {
	for _, s := range []string{viewed, `{"a":1,"a":2}`, "text 안녕", "\xff\x00", `[1,[2,{"b":null}]]`, `{"cut":"off`, `{"a":1}trailing`, "  {}", `{"\u0061":"\ud83d\ude00"}`} {
		f.Add([]byte(s), uint8(0))
	}
	f.Fuzz(func(t *testing.T, payload []byte, how uint8) {
		tok := jws(`{"alg":"HS256"}`, string(payload))
		all := spellings(tok + strings.Repeat("A", 60))
		names := []string{"plain", "bearer", "percent", "concat"}
		text := all[names[int(how)%len(names)]]
		for _, tok := range token.Read(text).Tokens {
			for _, s := range tok.Segments {
				pieces(t, s, len(text))
			}
		}
	})
}

func pieces(t *testing.T, s token.Segment, size int) {
	v := s.View()
	for _, shown := range v.Tokens[:min(len(v.Tokens), 300)] {
		p, ok := v.Under(shown.Start)
		if !ok {
			t.Fatalf("nothing under %+v", shown)
		}
		if v.Text[p.Shown.Start:p.Shown.End] != string(s.Bytes[p.Bytes.Start:p.Bytes.End]) {
			t.Fatalf("%+v shows other bytes", p)
		}
		last := s.Start
		for _, src := range p.Source {
			within(t, "source", src, size)
			if src.Start < last || src.End > s.End || src.End <= src.Start {
				t.Fatalf("%v is outside %v or out of order", src, s.Span)
			}
			last = src.End
		}
		if p.Member.Shown.Start > p.Shown.Start && p.Class != "text" && p.Class != "rest" {
			t.Fatalf("%+v begins before its member", p)
		}
	}
	for at := s.Start; at < min(s.End, s.Start+500); at++ {
		if p, ok := v.At(at); ok {
			within(t, "shown", p.Shown, len(v.Text))
		}
	}
}
