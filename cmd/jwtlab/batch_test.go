package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"jwtlab/app/bound"
)

func TestBatchLines(t *testing.T) {
	const none = `"header":null,"payload_b64u":null,"problems":[{"code":"token.one-part"`
	for _, test := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"blank lines are no lines", "\n \t\r\n\n", ""},
		{"an id of any kind, as it is written", `{"id": {"a": 1.0, "b":"\u00e9"},"input":"e30..","more":[1]}`, `{"id":{"a": 1.0, "b":"\u00e9"},"ok":true,"header":{},"payload_b64u":"",`},
		{"no id", `{"input":"x"}`, `{"id":null,"ok":false,` + none[:20]},
		{"no newline at the end", "{\"id\":1,\"input\":\"x\"}\n{\"id\":2}", `{"id":2,"error":"member \"input\" is not a string"}`},
		{"a carriage return", "{\"id\":1,\"input\":5}\r\n", `{"id":1,"error":"member \"input\" is not a string"}`},
		{"a byte order mark", "\ufeff{\"id\":1}", `{"id":1,"error":"member \"input\" is not a string"}`},
		{"an escaped name", `{"\u0069d":"a","\u0069nput":5}`, `{"id":"a","error":"member \"input\" is not a string"}`},
		{"no JSON", "garbage", `{"id":null,"error":"line is not JSON: json.word at byte 0"}`},
		{"a cut line keeps its id", `{"id":"x","input":"e30`, `{"id":"x","error":"line is not JSON: json.cut at byte`},
		{"a broken id is none", `{"id":"\q","input":"x"}`, `{"id":null,"error":"line is not JSON: json.escape at byte`},
		{"no object", `["id"]`, `{"id":null,"error":"line is not a JSON object"}`},
		{"a member twice", `{"id":1,"input":"a","input":"b"}`, `{"id":1,"error":"member \"input\" is there twice"}`},
		{"other members twice do no harm", `{"id":1,"note":"a","note":"b","input":3}`, `{"id":1,"error":"member \"input\" is not a string"}`},
		{"invalid UTF-8", "{\"id\":1,\"input\":\"\xff\"}", `{"id":1,"error":"line is not JSON: json.utf8 at byte 17"}`},
		{"bytes are not trimmed", `{"id":1,"input":" e30.e30.c2ln"}`, `{"id":1,"ok":false,`},
		{"the header keeps its spelling", `{"id":1,"input":"` + encode(`{"n" : 1.00, "a":"<&\u0041",`+"\n"+`"b":1e400}`) + `.."}`, `{"id":1,"ok":true,"header":{"n":1.00,"a":"<&\u0041","b":1e400},`},
	} {
		out := world{stdin: test.in}.must(t, "batch", "decode")
		last := out
		if lines := strings.SplitAfter(out, "\n"); len(lines) > 1 {
			last = lines[len(lines)-2]
		}
		if !strings.HasPrefix(last, test.want) || test.want == "" && out != "" {
			t.Errorf("%s: got %swant %s", test.name, out, test.want)
		}
		for line := range strings.Lines(out) {
			if !json.Valid([]byte(line)) {
				t.Errorf("%s: not JSON: %s", test.name, line)
			}
		}
	}
}

func encode(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

func TestBatchJWS(t *testing.T) {
	const hs = `"input":"` + a1Token + `"`
	for _, test := range []struct{ name, in, want string }{
		{"genuine", hs + `,"key":` + a1Key, `"valid":true`},
		{"of the right algorithm", hs + `,"alg":"HS256","key":` + a1Key, `"valid":true`},
		{"of another algorithm", hs + `,"alg":"HS512","key":` + a1Key, `"valid":false`},
		{"any algorithm", hs + `,"alg":null,"payload":null,"key":` + a1Key, `"valid":true`},
		{"the secret alone", hs + `,"key":{"secret_b64u":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}`, `"valid":true`},
		{"another secret", hs + `,"key":{"secret_b64u":"AAAA"}`, `"valid":false`},
		{"no key", hs + `,"key":null`, `"valid":false`},
		{"no key at all", hs, `"valid":false`},
		{"a broken key", hs + `,"key":{"kty":"oct"}`, `"valid":false`},
		{"a trailing blank", strings.Replace(hs, `EjXk"`, `EjXk "`, 1) + `,"key":` + a1Key, `"valid":false,"checks":[{"name":"form","ok":false,"why":"`},
		{"a JSON serialization", `"input":{"payload":"e30","protected":"e30","signature":"e30"},"key":` + a1Key, `"valid":false,"checks":[{"name":"form","ok":true,"why":""},{"name":"alg","ok":false,"why":"`},
		{"a JSON serialization that signs", `"input":{"payload":"eyJzdWIiOiJtZSJ9","protected":"eyJhbGciOiJIUzI1NiJ9","signature":"8koIN0YJeB5SVCBbydngFvBLlzI8_0dBrsemVv_Ubos"},"key":"a secret of thirty-two bytes, ok"`, `"valid":true,`},
		{"not carried", `"input":"` + encode(`{"alg":"SLH-DSA-SHA2-128s"}`) + `.e30.c2ln","key":` + a1Key, `"valid":false`},
		{"an input that is none", `"input":5`, `"error":`},
		{"a key that is none", hs + `,"key":5`, `"error":`},
		{"a secret that is none", hs + `,"key":{"secret_b64u":5}`, `"error":`},
		{"a payload that is none", hs + `,"payload":"a=","key":` + a1Key, `"error":`},
		{"a payload over two lines", hs + `,"payload":"YW\nJj","key":` + a1Key, `"error":`},
	} {
		out := world{stdin: `{"id":1,` + test.in + "}\n"}.must(t, "batch", "jws")
		if !strings.HasPrefix(out, `{"id":1,`+test.want) || !json.Valid([]byte(out)) || strings.Contains(out, "⟨") {
			t.Errorf("%s: got %s", test.name, out)
		}
	}
}

func TestBatchSDJWT(t *testing.T) {
	secret := `"issuer_key":` + a1Key
	for _, test := range []struct{ name, in, want string }{
		{"no key", `"input":"` + a1Token + `~"`, `"valid":false,"payload":null,"checks":[`},
		{"no tilde", `"input":"` + a1Token + `",` + secret, `"valid":false,"payload":null,"checks":[`},
		{"no disclosures", `"input":"` + a1Token + `~",` + secret, `"valid":true,"payload":{"iss":"joe","exp":1300819380,"http://example.com/is_root":true},"checks":[`},
		{"a blank behind", `"input":"` + a1Token + `~ ",` + secret, `"valid":false,"payload":null,"checks":[`},
		{"a key that is none", `"input":"` + a1Token + `~","issuer_key":5`, `"error":"member \"issuer_key\" is neither`},
		{"an input that is none", `"input":{}`, `"error":`},
	} {
		out := world{stdin: `{"id":1,` + test.in + "}\n"}.must(t, "batch", "sdjwt")
		if !strings.HasPrefix(out, `{"id":1,`+test.want) || !json.Valid([]byte(out)) || strings.Contains(out, "⟨") {
			t.Errorf("%s: got %s", test.name, out)
		}
	}
}

func TestBatchDPoP(t *testing.T) {
	const proof = `"input":"eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19` +
		`.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ` +
		`.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg"` // RFC 9449 §4.1
	const request = proof + `,"method":"POST","uri":"https://server.example.com/token"`
	for _, test := range []struct{ name, in, want string }{
		{"as it should be", request + `,"now":1562262616`, `"valid":true,"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I","checks":[`},
		{"an age", request + `,"now":1562262716.5,"max_age":100`, `"valid":false,"jkt":null,"checks":[`},
		{"null for nothing", request + `,"now":1562262616,"max_age":null,"access_token":null,"nonce":null`, `"valid":true,`},
		{"no method", proof + `,"now":1562262616`, `"valid":false,"jkt":null,`},
		{"no time", request, `"error":"member \"now\" is missing`},
		{"a time that is none", request + `,"now":"1562262616"`, `"error":"member \"now\" is no`},
		{"an age beyond all", request + `,"now":0,"max_age":1e300`, `"error":"member \"max_age\" is no`},
		{"a method that is none", proof + `,"now":0,"method":1`, `"error":"member \"method\" is not`},
	} {
		out := world{stdin: `{"id":1,` + test.in + "}\n"}.must(t, "batch", "dpop")
		if !strings.HasPrefix(out, `{"id":1,`+test.want) || !json.Valid([]byte(out)) || strings.Contains(out, "⟨") {
			t.Errorf("%s: got %s", test.name, out)
		}
	}
}

// Lines come out in order and one for one, however many cores answer and however the input arrives.
func TestBatchOrder(t *testing.T) {
	var in strings.Builder
	const lines = 5000
	for i := range lines {
		in.WriteString(`{"id":` + strconv.Itoa(i) + `,"input":"` + strings.Repeat("x", i*7%900) + "\"}\n")
	}
	for name, r := range map[string]io.Reader{
		"whole": strings.NewReader(in.String()), "half": iotest.HalfReader(strings.NewReader(in.String())),
	} {
		var out bytes.Buffer
		if err := runLines(r, &out, batch{answerDecode, 7}); err != nil {
			t.Fatal(err)
		}
		n := 0
		for line := range strings.Lines(out.String()) {
			if !strings.HasPrefix(line, `{"id":`+strconv.Itoa(n)+",") {
				t.Fatalf("%s: line %d is %s", name, n, line)
			}
			n++
		}
		if n != lines {
			t.Errorf("%s: %d lines came out of %d", name, n, lines)
		}
	}
}

// Whoever asks line by line gets each answer before the next question.
func TestBatchAnswersAtOnce(t *testing.T) {
	questions, ask := io.Pipe()
	tell, answers := io.Pipe()
	go func() { answers.CloseWithError(runLines(questions, answers, batch{answerDecode, 2})) }()
	buf := make([]byte, 1000)
	for i := range 3 {
		if _, err := io.WriteString(ask, `{"id":`+strconv.Itoa(i)+"}\n"); err != nil {
			t.Fatal(err)
		}
		n, err := tell.Read(buf)
		if err != nil || !strings.HasPrefix(string(buf[:n]), `{"id":`+strconv.Itoa(i)) {
			t.Fatalf("%q, %v", buf[:n], err)
		}
	}
	ask.Close()
	if _, err := tell.Read(buf); err != io.EOF {
		t.Error(err)
	}
}

func TestBatchLongLines(t *testing.T) {
	long := strings.Repeat("x", maxLine)
	in := io.MultiReader(
		strings.NewReader(`{"id":1,"input":"`+long[:maxLine-19]+"\"}\n"),
		strings.NewReader(`{"id":2,"input":"`+long+"\"}\n"),
		strings.NewReader(long+long+"\n"),
		strings.NewReader("{\"id\":4,\"input\":\"x\"}\n"),
	)
	var out bytes.Buffer
	if err := runLines(in, &out, batch{answerDecode, 2}); err != nil {
		t.Fatal(err)
	}
	want := []string{
		`{"id":1,"ok":false,"header":null,"payload_b64u":null,"problems":[{"code":"text.too-long"`,
		`{"id":2,"error":"line is longer than 32 MB"}`,
		`{"id":null,"error":"line is longer than 32 MB"}`,
		`{"id":4,"ok":false,`,
	}
	got := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(got) != len(want) {
		t.Fatalf("%d lines: %.300q", len(got), got)
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("line %d is %.200s", i+1, got[i])
		}
	}
}

func TestBatchFailures(t *testing.T) {
	broken := errors.New("broken")
	lines := strings.Repeat("{\"id\":1}\n", 200_000)
	if err := runLines(strings.NewReader(lines), failing{broken}, batch{answerDecode, 3}); !errors.Is(err, broken) {
		t.Error("writing failed, and nobody said so:", err)
	}
	var out bytes.Buffer
	err := runLines(io.MultiReader(strings.NewReader("{\"id\":1}\n"), iotest.ErrReader(broken)), &out, batch{answerDecode, 3})
	if !errors.Is(err, broken) || !strings.HasPrefix(out.String(), `{"id":1,`) {
		t.Error("what came before the failure is not answered:", err, out.String())
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// The law: every line that is not blank gets one line, which is a JSON object with an id, whatever the bytes are.
func FuzzBatch(f *testing.F) {
	f.Add([]byte("{\"id\":1,\"input\":\"" + a1Token + "\",\"key\":" + a1Key + "}\n\n[]\n{"))
	f.Add([]byte("{\"id\":[1,2],\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"},\"text\":\"x\"}\r\n\xff"))
	f.Fuzz(func(t *testing.T, in []byte) {
		asked := 0
		for line := range bytes.Lines(bytes.TrimPrefix(in, []byte("\ufeff"))) {
			if len(bytes.TrimSpace(line)) > 0 {
				asked++
			}
		}
		for name, answer := range kinds {
			var out bytes.Buffer
			bound.Memory(t, len(in), 4000, func() {
				if err := runLines(bytes.NewReader(in), &out, batch{answer, 2}); err != nil {
					t.Fatal(err)
				}
			})
			answered := 0
			for line := range bytes.Lines(out.Bytes()) {
				var object map[string]json.RawMessage
				if err := json.Unmarshal(line, &object); err != nil || object["id"] == nil {
					t.Errorf("%s answers %q", name, line)
				}
				answered++
			}
			if answered != asked {
				t.Errorf("%s gives %d answers to %d lines", name, answered, asked)
			}
		}
	})
}
