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

// floor measures encoding/json's Valid over the same claims set, the least that reading them can cost.
func floor(b *testing.B, size int) {
	text := claims(size * 3 / 4)
	b.SetBytes(int64(size))
	for b.Loop() {
		if !json.Valid(text) {
			b.Fatal("not valid")
		}
	}
}

// BenchmarkRead reads a token in a header line. Beside each size stands its floor, with the same number of bytes: what
// Read does beyond it is decoding, positions, problems and duplicates.
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
		b.Run(fmt.Sprint(len(text)>>10, "KB-floor"), func(b *testing.B) { floor(b, size) })
	}
}

// BenchmarkGarbage reads what is hard to read: it shows that the work stays linear.
func BenchmarkGarbage(b *testing.B) {
	for name, unit := range map[string]string{
		"words": "lorem ipsum dolor ", "starts": "eyJ ", "pieces": "eyJhbGciOiJIUzI1NiJ9 ", "dots": "eyJ.", "e": "e", "strays": "eyJ!!",
		"commas": "eyJ,a", "lines": "eyJhbGciOiJIUzI1NiJ9.\n", "percent": "%65%79%4a%2E", "braces": `{"signature":`, "tildes": "eyJ.e30.a~", "nul": "\x00",
		"quotes": "\"'eyJ", "twice": "eyJhbGciOiJIUzI1NiJ9.e30.c2ln ", "chunks": "s.0=eyJhbGciOiJIUzI1NiJ9; s.1=e30; ", "wrapped": "ZXlKaGJHY2lPaUpJVXpJMU5pSjkuZTMwLmMybG4 ",
		"strings": `"eyJ" + "a" + `, "objects": `{"header":{"ciphertext":[{"a":1},{}]}} `, "soft": "eyJ=\n", "wide": "ｅｙＪ",
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

// BenchmarkView lays a payload out and asks for a thousand places of it, as a pointer that is moved does.
func BenchmarkView(b *testing.B) {
	tok := token.Parse(signed(1 << 20))
	b.Run("View", func(b *testing.B) {
		for b.Loop() {
			tok.Payload().View()
		}
	})
	v := tok.Payload().View()
	b.Run("At", func(b *testing.B) {
		at := tok.Payload().Start
		for b.Loop() {
			if at += 7919; at >= tok.Payload().End {
				at = tok.Payload().Start
			}
			v.At(at)
		}
	})
	b.Run("Inside", func(b *testing.B) {
		for b.Loop() {
			tok.Inside()
		}
	})
}
