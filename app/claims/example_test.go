package claims_test

import (
	"fmt"
	"time"

	"jwtlab/app/claims"
	"jwtlab/app/locale"
	"jwtlab/app/token"
)

// The claims set of RFC 7519 §3.1, four minutes too late.
func ExampleValidate() {
	payload, _ := token.ReadJSON([]byte(`{"iss":"joe","exp":1300819380,"http://example.com/is_root":true}`))
	r := claims.Validate(payload, claims.Expect{Now: time.Unix(1300819380+240, 0), Issuer: "joe"})
	fmt.Println(r.Answer)
	for _, c := range r.Checks {
		fmt.Printf("%-9s %s\n", c.Answer, locale.Text(locale.EN, "why."+c.Code, c.Args...))
	}
	// Output:
	// no
	// no        Expired at 22 Mar 2011, 18:43:00 UTC, 4 minutes ago. Get a new token.
	// yes       No nbf: valid from the start.
	// yes       No iat: its age is unknown.
	// yes       Issued by “joe”, as required.
	// unchecked No aud, and no audience is required: any service may take this token as meant for it.
}

func ExampleReadTime() {
	payload, _ := token.ReadJSON([]byte(`{"iat":1700000000,"exp":1700000000000,"nbf":"1700000000"}`))
	for name, value := range payload.Root().Members() {
		t := claims.ReadTime(value)
		fmt.Printf("%s %v %q\n", name.Text(), t.OK, t.Code)
	}
	// Output:
	// iat true ""
	// exp true "millis"
	// nbf false "string"
}

func ExampleLookup() {
	c, _ := claims.Lookup("azp")
	fmt.Println(c.Kind, c.Ref)
	fmt.Println(locale.Text(locale.EN, "claim."+c.Name))
	fmt.Println(locale.Text(locale.KO, "claim."+c.Name))
	// Output:
	// string OIDC Core 1.0 §2
	// Authorized party
	// 인가된 당사자
}
