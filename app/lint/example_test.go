package lint_test

import (
	"fmt"

	"jwtlab/app/lint"
	"jwtlab/app/locale"
	"jwtlab/app/token"
)

// A token that never expires and has a password in it.
func ExampleCheck() {
	text := sample{bare: true, header: `{"alg":"ES256","typ":"JWT"}`,
		payload: `{"iss":"https://a.example","sub":"u1","aud":"api","iat":1795219100,"password":"hunter2"}`}.text()
	for _, f := range lint.Check(lint.Input{Token: token.Read(text).Tokens[0], Used: -1, Now: now}) {
		fmt.Println(f.Severity, f.Code, text[f.Start:min(f.End, f.Start+12)])
		fmt.Println("  " + locale.Text(locale.EN, "lint."+f.Code, f.Args...))
	}
	// Output:
	// error leak.member Imh1bnRlcjIi
	//   “password” is in the payload. Everyone who sees the token can read it: base64url is no encryption. Take it out and change it.
	// warning exp.missing eyJpc3MiOiJo
	//   The token never expires. Whoever gets hold of it can use it for ever. Add “exp”.
}
