package token_test

import (
	"fmt"

	"jwtlab/app/token"
)

// A token is found in whatever it was pasted with, and each value of its payload knows where it was read from.
func ExampleRead() {
	text := `curl -H "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2ln"`
	t := token.Read(text).Tokens[0]
	sub := t.Payload().JSON.Root().Get("sub")
	at := t.Payload().Source(sub.Span().Start, sub.Span().End)
	fmt.Println(t.Found, sub.Raw(), text[at.Start:at.End])
	// Output: curl "alice" iJhbGljZSJ
}

// Parse judges byte for byte and says all that is wrong.
func ExampleParse() {
	for _, p := range token.Parse("eyJhbGciOiJIUzI1NiJ9.e30=").Problems {
		fmt.Println(p.Severity, p.Code, p.Start, p.End, p.Ref)
	}
	// Output:
	// error base64.padding 24 25 RFC 7515 §2
	// error token.two-parts 0 25 RFC 7515 §3.1
}

// JSON is laid out without changing anything but whitespace: numbers, escapes and repeated names stay.
func ExampleReadJSON() {
	j, problems := token.ReadJSON([]byte(`{"id":12345678901234567890,"a":1,"a":"\u00e9"}`))
	fmt.Println(j.Indent().Text)
	fmt.Println(problems[0].Code, problems[0].Args)
	// Output:
	// {
	//   "id": 12345678901234567890,
	//   "a": 1,
	//   "a": "\u00e9"
	// }
	// json.duplicate [a]
}
