package jwe_test

import (
	"fmt"
	"strings"

	"jwtlab/app/jwe"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// The third example of RFC 7516 (appendix A.3).
func ExampleDecrypt() {
	text := "eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.6KB707dM9YTIgHtLvtgWQ8mKwboJW3of9locizkDTHzBC2IlrT1oOQ." +
		"AxY8DCtDaGlsbGljb3RoZQ.KDlTtXchhZTGufMYmOYGS4HffxPSUrfmqCHXaI9wOGY.U0m_YmjN04DJvceFICbCVQ"
	r := jwe.Decrypt(token.Parse(text), key.Read(`{"kty":"oct","k":"GawgguFyGrWKav7AX4VKUg"}`, key.Auto), jwe.Options{})
	for _, c := range r.Checks {
		fmt.Println(c.Name, c.Answer, c.Code, c.Ref)
	}
	fmt.Printf("%s %s\n", r.Answer, r.Plain)
	// Output:
	// alg yes jwe.alg.carried RFC 7518 §4.4
	// enc yes jwe.enc.carried RFC 7518 §5.2.3
	// encrypted_key yes jwe.encrypted-key.wrapped RFC 7518 §4.4
	// iv yes jwe.iv.fits RFC 7518 §5.2.3
	// ciphertext yes jwe.ciphertext.fits RFC 7518 §5.2.3
	// tag yes jwe.tag.fits RFC 7518 §5.2.3
	// key yes jwe.key.fits RFC 7518 §4.4
	// decryption yes jwe.decryption.opened RFC 7518 §5.2.3
	// yes Live long and prosper.
}

func ExampleEncrypt() {
	k := key.Read("a secret of 16 b", key.UTF8).Keys[0]
	notRandom := strings.NewReader(strings.Repeat("x", 100))
	text, err := jwe.Encrypt(jwe.Spec{Alg: "dir", Enc: "A128GCM"}, []byte(`{"alg":"dir","enc":"A128GCM"}`), []byte(`{"sub":"me"}`), k, notRandom)
	r := jwe.Decrypt(token.Parse(text), key.Reading{Keys: []key.Key{k}}, jwe.Options{})
	fmt.Printf("%s %v %s\n", text[:41], err, r.Plain)
	// Output: eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0.. <nil> {"sub":"me"}
}
