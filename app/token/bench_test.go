package token_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"jwtlab/app/token"
)

// claims makes a claims set of about that many bytes.
func claims(size int) []byte {
	var b strings.Builder
	b.WriteString(`{"iss":"https://issuer.example","exp":1700000000`)
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, `,"claim-%d":{"role":"reader","level":%d,"tags":["a","b\u00e9"],"ok":true}`, i, i)
	}
	return []byte(b.String() + "}")
}

// signed makes a token of about that many characters.
func signed(size int) string {
	b64 := base64.RawURLEncoding.EncodeToString
	return b64([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + b64(claims(size*3/4)) + "." + b64([]byte("signature"))
}

func BenchmarkRead(b *testing.B) {
	for _, size := range []int{2 << 10, 100 << 10, 1 << 20, 10<<20 - 4096} {
		text := "Authorization: Bearer " + signed(size)
		b.Run(fmt.Sprint(len(text)>>10, "KB"), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if r := token.Read(text); len(r.Tokens) != 1 || !r.Tokens[0].OK() {
					b.Fatal(r.Problems)
				}
			}
		})
	}
}

// BenchmarkGarbage reads what is hard to read: it shows that the work stays linear.
func BenchmarkGarbage(b *testing.B) {
	for name, unit := range map[string]string{
		"words": "lorem ipsum dolor ", "starts": "eyJ ", "pieces": "eyJhbGciOiJIUzI1NiJ9 ", "dots": "eyJ.", "e": "e", "strays": "eyJ!!",
		"commas": "eyJ,a", "lines": "eyJhbGciOiJIUzI1NiJ9.\n", "percent": "%65%79%4a%2E", "braces": `{"signature":`, "tildes": "eyJ.e30.a~", "nul": "\x00",
		"quotes": "\"'eyJ", "twice": "eyJhbGciOiJIUzI1NiJ9.e30.c2ln ",
	} {
		text := strings.Repeat(unit, token.MaxInput/len(unit))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				token.Read(text)
			}
		})
	}
}

func BenchmarkJSON(b *testing.B) {
	text := claims(1 << 20)
	b.Run("ReadJSON", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			token.ReadJSON(text)
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			var v any
			if err := json.Unmarshal(text, &v); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Indent", func(b *testing.B) {
		j, _ := token.ReadJSON(text)
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			j.Indent()
		}
	})
}

// BenchmarkDecode parses a token, and decodes and unmarshals the same payload by the standard library, which keeps
// neither places nor duplicates. Both are by the bytes of the payload; "x standard" is how many times as fast Parse is.
func BenchmarkDecode(b *testing.B) {
	for _, size := range []int{300, 2 << 10, 100 << 10, 1 << 20} {
		text := signed(size)
		encoded := strings.Split(text, ".")[1]
		bytes := int64(base64.RawURLEncoding.DecodedLen(len(encoded)))
		var standard float64
		b.Run(fmt.Sprint(bytes, "B/encoding-json"), func(b *testing.B) {
			b.SetBytes(bytes)
			b.ReportAllocs()
			for b.Loop() {
				payload, err := base64.RawURLEncoding.DecodeString(encoded)
				var v any
				if err != nil || json.Unmarshal(payload, &v) != nil {
					b.Fatal("not decoded")
				}
			}
			standard = float64(b.Elapsed()) / float64(b.N)
		})
		b.Run(fmt.Sprint(bytes, "B/Parse"), func(b *testing.B) {
			b.SetBytes(bytes)
			b.ReportAllocs()
			for b.Loop() {
				if !token.Parse(text).OK() {
					b.Fatal("not parsed")
				}
			}
			b.ReportMetric(standard/(float64(b.Elapsed())/float64(b.N)), "x_standard")
		})
	}
}
