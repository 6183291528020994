package jws_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"math/big"
	"strings"
)

// mutations are all classes of exams, in the groups of the functions below.
func mutations() []mutation {
	var all []mutation
	for _, group := range [][]mutation{mutateText(), mutateBase64(), mutateAlg(), mutateHeader(), mutateCrit(), mutateMembers(), mutateKey(), mutateSet(), mutateSignature()} {
		all = append(all, group...)
	}
	return all
}

// mutateText damages the token as a text, or not at all.
func mutateText() []mutation {
	part := func(class string, of func(m *maker, part int) exam, n int) mutation {
		return mutation{class, 20, func(m *maker) exam { return of(m, n) }}
	}
	return []mutation{
		{"as signed", 5, func(m *maker) exam { return m.good(m.plain()) }},
		{"payload not JSON", 2, func(m *maker) exam { return m.good(m.sign(m.header(), m.pick("noon", "\xff\x00", "[1]", "{"))) }},
		{"payload empty", 1, func(m *maker) exam { return m.good(m.sign(m.header(), "")) }},
		part("header bit flipped", (*maker).flip, 0),
		part("payload bit flipped", (*maker).flip, 1),
		part("signature bit flipped", (*maker).flip, 2),
		part("header character changed", (*maker).char, 0),
		part("payload character changed", (*maker).char, 1),
		part("signature character changed", (*maker).char, 2),
		{"any character changed", 30, func(m *maker) exam { return m.insert(string(rune(m.rng.IntN(128))), 1) }},
		{"any character inserted", 30, func(m *maker) exam { return m.insert(string(rune(m.rng.IntN(128))), 0) }},
		{"character not ASCII", 4, func(m *maker) exam { return m.insert(m.pick("é", "한", "。", "\u200b", "😀"), m.rng.IntN(2)) }},
		{"truncated", 15, func(m *maker) exam { text := m.plain(); return m.good(text[:m.rng.IntN(len(text))]) }},
		{"signature cut", 4, func(m *maker) exam { text := m.plain(); return m.good(text[:len(text)-1-m.rng.IntN(8)]) }},
		{"signature lengthened", 4, func(m *maker) exam { return m.good(m.plain() + strings.Repeat("A", 1+m.rng.IntN(8))) }},
		{"parts swapped", 4, func(m *maker) exam {
			p := strings.Split(m.plain(), ".")
			i := m.rng.IntN(3)
			p[i], p[(i+1)%3] = p[(i+1)%3], p[i]
			return m.good(join(p...))
		}},
		{"payload of another", 2, func(m *maker) exam {
			h, _, s := split(m.plain())
			_, p, _ := split(m.plain())
			return m.good(join(h, p, s))
		}},
		{"too many parts", 3, func(m *maker) exam { return m.good(m.plain() + m.pick(".", "..", ".AAAA", ".AA.AA")) }},
		{"too few parts", 2, func(m *maker) exam { h, p, _ := split(m.plain()); return m.good(m.pick(h, join(h, p), "", ".", "..")) }},
		{"no signature", 1, func(m *maker) exam { h, p, _ := split(m.plain()); return m.good(join(h, p, "")) }},
		{"no payload", 1, func(m *maker) exam { h, _, s := split(m.plain()); return m.good(join(h, "", s)) }},
		{"text around", 3, func(m *maker) exam { return m.good(m.pick("Bearer ", `"`, "\ufeff") + m.plain()) }},
	}
}

// mutateBase64 bends the encoding of parts, and signs over the bent ones where they are signed.
func mutateBase64() []mutation {
	bent := func(m *maker, bend func(part string) string, part int) exam {
		h, p, s := split(m.plain())
		switch part {
		case 0:
			return m.good(m.over(bend(h) + "." + p))
		case 1:
			return m.good(m.over(h + "." + bend(p)))
		}
		return m.good(join(h, p, bend(s)))
	}
	each := func(class string, bend func(m *maker, part string) string) (all []mutation) {
		for i, name := range []string{"header", "payload", "signature"} {
			all = append(all, mutation{name + " " + class, 2, func(m *maker) exam {
				return bent(m, func(part string) string { return bend(m, part) }, i)
			}})
		}
		return all
	}
	var all []mutation
	all = append(all, each("padded", func(m *maker, p string) string { return p + strings.Repeat("=", (4-len(p)%4)%4) })...)
	all = append(all, each("padded wrongly", func(m *maker, p string) string { return p + m.pick("=", "===", "====") })...)
	all = append(all, each("of the standard alphabet", func(m *maker, p string) string {
		return strings.NewReplacer("-", "+", "_", "/").Replace(p) // some have neither character and stay good
	})...)
	all = append(all, each("with a blank inside", func(m *maker, p string) string {
		i := m.rng.IntN(len(p) + 1)
		return p[:i] + m.pick(" ", "\n", "\r\n", "\t", "\f") + p[i:]
	})...)
	all = append(all, each("with unused bits", func(m *maker, p string) string { return loose(p) })...)
	all = append(all, each("one character too long", func(m *maker, p string) string { return p + "A" })...)
	return all
}

// mutateAlg changes what the header says of the algorithm.
func mutateAlg() []mutation {
	alg := func(m *maker, value string) exam { return m.good(m.sign(`{"alg":`+value+`}`, m.claims())) }
	return []mutation{
		{"alg of another", 8, func(m *maker) exam {
			names := []string{"HS256", "HS384", "HS512", "RS256", "PS256", "RS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519", "ES256K"}
			for {
				if name := m.pick(names...); name != m.alg.Name {
					return alg(m, `"`+name+`"`)
				}
			}
		}},
		{"alg in another case", 2, func(m *maker) exam {
			return alg(m, `"`+m.pick(strings.ToLower(m.alg.Name), m.alg.Name+" ", " "+m.alg.Name, m.alg.Name+`\u0000`)+`"`)
		}},
		{"alg escaped", 1, func(m *maker) exam { return alg(m, `"\u00`+hexByte(m.alg.Name[0])+m.alg.Name[1:]+`"`) }},
		{"alg unknown", 2, func(m *maker) exam {
			return alg(m, m.pick(`"XS256"`, `"A128KW"`, `"RSA-OAEP"`, `"dir"`, `"__proto__"`, `"toString"`))
		}},
		{"alg none", 2, func(m *maker) exam { return alg(m, m.pick(`"none"`, `"None"`, `"nOnE"`, `"NONE"`)) }},
		{"alg none, not signed", 2, func(m *maker) exam {
			return m.good(join(b64(`{"alg":"`+m.pick("none", "nOnE")+`"}`), b64(m.claims()), ""))
		}},
		{"alg not a string", 4, func(m *maker) exam {
			return alg(m, m.pick("null", "256", "true", `""`, `["`+m.alg.Name+`"]`, `{"name":"`+m.alg.Name+`"}`))
		}},
		{"alg missing", 1, func(m *maker) exam { return m.good(m.sign(`{"typ":"JWT"}`, m.claims())) }},
		{"alg the only accepted", 1, func(m *maker) exam { e := m.good(m.plain()); e.Alg = m.alg.Name; return e }},
		{"alg not accepted", 2, func(m *maker) exam { e := m.good(m.plain()); e.Alg = m.pick("HS999", "none", "X"); return e }},
	}
}

func hexByte(c byte) string {
	const digits = "0123456789abcdef"
	return digits[c>>4:][:1] + digits[c&15:][:1]
}

// mutateHeader signs headers that are no JSON objects, or odd ones.
func mutateHeader() []mutation {
	signed := func(class string, headers ...func(h string) string) mutation {
		return mutation{class, 2 * len(headers), func(m *maker) exam {
			return m.good(m.sign(headers[m.rng.IntN(len(headers))](m.header()), m.claims()))
		}}
	}
	fixed := func(s string) func(string) string { return func(string) string { return s } }
	around := func(before, after string) func(string) string {
		return func(h string) string { return before + h + after }
	}
	inside := func(member string) func(string) string {
		return func(h string) string { return h[:len(h)-1] + "," + member + "}" }
	}
	return []mutation{
		signed("header not JSON", fixed("x"), fixed(""), fixed("{"), fixed("{'alg':'HS256'}"), func(h string) string { return h[:len(h)-1] }),
		signed("header not an object", around("[", "]"), fixed("null"), fixed("1"), fixed(`"alg"`), fixed("[]")),
		signed("header with something behind", around("", "{}"), around("", "x"), around("", "\x00"), inside("")),
		signed("header with blanks", around(" ", "\n"), around("\t", " "), func(h string) string { return strings.Replace(h, ":", " : ", 1) }),
		signed("header with blanks that JSON does not know", around("\f", ""), around("", "\u00a0"), around("\v", "")),
		signed("header with a byte order mark", around("\ufeff", "")),
		signed("header not UTF-8", inside("\"x\":\"\xff\""), inside("\"x\":\"\xed\xa0\x80\""), inside("\"x\":\"\xc0\xaf\"")),
		signed("header with half a character", inside(`"x":"\ud800"`), inside(`"x":"\udc00\ud800"`)),
		signed("header with control characters", inside("\"x\":\"\x01\""), inside("\"x\":\"\n\"")),
		signed("header with odd escapes", inside(`"x":"\x"`), inside(`"x":"\u12"`), inside(`"x":"\'"`)),
		signed("header with odd numbers", inside(`"x":01`), inside(`"x":+1`), inside(`"x":1.`), inside(`"x":NaN`), inside(`"x":.5`)),
		signed("header with big numbers", inside(`"x":1e999`), inside(`"x":123456789012345678901234567890`), inside(`"x":-0`)),
		signed("header with a comment", inside(`"x":1/* */`), around("//\n", "")),
		signed("header nested deeply", inside(`"x":`+strings.Repeat("[", 50)+strings.Repeat("]", 50))),
		signed("header nested very deeply", inside(`"x":`+strings.Repeat("[", 2000)+strings.Repeat("]", 2000))),
		signed("header with other types", inside(`"typ":1`), inside(`"cty":null`), inside(`"kid":7`), inside(`"x5c":{}`), inside(`"jku":[]`)),
		signed("header with unknown members", inside(`"x":{"a":[1,null]}`), inside(`"":0`), inside(`"__proto__":{"alg":"none"}`), inside(`"constructor":1`)),
	}
}

// mutateCrit signs headers with extensions (RFC 7515 §4.1.11, RFC 7797).
func mutateCrit() []mutation {
	signed := func(class string, members ...string) mutation {
		return mutation{class, 2 * len(members), func(m *maker) exam { return m.good(m.sign(m.header(m.pick(members...)), m.claims())) }}
	}
	raw := func(class, member string, payloads ...string) mutation {
		return mutation{class, len(payloads), func(m *maker) exam { return m.good(m.over(b64(m.header(member)) + "." + m.pick(payloads...))) }}
	}
	return []mutation{
		signed("crit unknown", `"crit":["exp"],"exp":1`, `"crit":["x"],"x":1`, `"crit":["b64","x"],"b64":true,"x":1`, `"crit":["toString"]`),
		signed("crit not a list of names", `"crit":[]`, `"crit":"b64","b64":true`, `"crit":[1]`, `"crit":null`, `"crit":{}`, `"crit":[""],"":1`),
		signed("crit registered", `"crit":["alg"]`, `"crit":["kid"],"kid":"1"`, `"crit":["crit"]`),
		signed("crit without its member", `"crit":["b64"]`),
		signed("crit naming twice", `"crit":["b64","b64"],"b64":true`),
		signed("b64 true", `"crit":["b64"],"b64":true`),
		signed("b64 true, not critical", `"b64":true`),
		signed("b64 of another type", `"crit":["b64"],"b64":"true"`, `"crit":["b64"],"b64":1`, `"crit":["b64"],"b64":null`),
		signed("b64 of another type, not critical", `"b64":"false"`, `"b64":0`, `"b64":null`),
		signed("b64 false, not critical", `"b64":false`),
		raw("payload unencoded", `"crit":["b64"],"b64":false`, "$02", "hello, world", `{"a":1}`, "a~b"),
		raw("payload unencoded, with blanks", `"crit":["b64"],"b64":false`, " a", "a\nb", "a\tb\r\n"),
		raw("payload unencoded, with a dot", `"crit":["b64"],"b64":false`, "$.02", "."),
		raw("payload unencoded, not ASCII", `"crit":["b64"],"b64":false`, "한글", "é"),
		raw("payload unencoded, empty", `"crit":["b64"],"b64":false`, ""),
		raw("payload unencoded, not critical", `"b64":false`, "$02", "abcd"),
	}
}

// mutateMembers gives headers a member twice, a key ID, or a key of their own.
func mutateMembers() []mutation {
	signed := func(class string, header func(m *maker) string) mutation {
		return mutation{class, 2, func(m *maker) exam { return m.good(m.sign(header(m), m.claims())) }}
	}
	forged := func(m *maker, header func(jwk string) string) exam {
		k, jwk := m.other()
		input := b64(header(jwk)) + "." + b64(m.claims())
		return m.good(input + "." + b64(string(rawSign(m.t, m.alg, input, k))))
	}
	return []mutation{
		signed("alg twice, the same", func(m *maker) string { return m.header(`"alg":"` + m.alg.Name + `"`) }),
		signed("alg twice, none first", func(m *maker) string { return `{"alg":"none",` + m.header()[1:] }),
		signed("alg twice, none last", func(m *maker) string { return m.header(`"alg":"none"`) }),
		signed("alg twice, once escaped", func(m *maker) string { return `{"\u0061lg":"none",` + m.header()[1:] }),
		signed("kid twice", func(m *maker) string { return m.header(`"kid":"1"`, `"kid":"2"`) }),
		signed("member twice, inside another", func(m *maker) string { return m.header(`"x":{"a":1,"a":2}`) }),
		signed("kid of no key", func(m *maker) string {
			return m.header(`"kid":"` + m.pick("", "x", "../../dev/null", "' OR 1=1") + `"`)
		}),
		signed("key that the token points to", func(m *maker) string { return m.header(`"jku":"https://evil.example/jwks.json"`) }),
		{"key that the token brings", 2, func(m *maker) exam {
			return forged(m, func(jwk string) string { return m.header(`"jwk":` + jwk) })
		}},
		{"own key brought along", 1, func(m *maker) exam { return m.good(m.sign(m.header(`"jwk":`+m.jwk), m.claims())) }},
		{"kid of the attacker", 1, func(m *maker) exam {
			return forged(m, func(string) string { return m.header(`"kid":"1"`) })
		}},
	}
}

// mutateSignature writes signatures in other ways.
func mutateSignature() []mutation {
	return []mutation{
		{"signature all zeros", 1, func(m *maker) exam {
			h, p, s := split(m.plain())
			return m.good(join(h, p, strings.Repeat("A", len(s)/4*4)))
		}},
		{"signature with a zero before it", 2, func(m *maker) exam {
			h, p, s := split(m.plain())
			return m.good(join(h, p, b64("\x00"+string(unb64(m.t, s)))))
		}},
		{"signature with a zero behind it", 2, func(m *maker) exam {
			h, p, s := split(m.plain())
			return m.good(join(h, p, b64(string(unb64(m.t, s))+"\x00")))
		}},
		{"signature in DER", 3, func(m *maker) exam {
			if m.alg.Type != "EC" {
				return exam{}
			}
			return m.good(asDER(m.t, m.plain()))
		}},
		{"signature with the other s", 3, (*maker).mirrored},
		{"signature with another salt", 3, func(m *maker) exam {
			if m.alg.Name[:2] != "PS" {
				return exam{}
			}
			return m.salted(m.rng.IntN(m.alg.Hash.Size()))
		}},
		{"signature of the other padding", 2, func(m *maker) exam {
			other := m.alg
			switch m.alg.Name[:2] {
			case "PS":
				other.Name = "RS" + m.alg.Name[2:]
			case "RS":
				other.Name = "PS" + m.alg.Name[2:]
			default:
				return exam{}
			}
			h, p, _ := split(m.plain())
			return m.good(join(h, p, b64(string(rawSign(m.t, other, join(h, p), m.own)))))
		}},
	}
}

// mirrored has n-s for s, the second signature that every ECDSA signature comes with; nobody in JOSE forbids it.
func (m *maker) mirrored() exam {
	public, ok := m.own.Public.(*ecdsa.PublicKey)
	if !ok {
		return exam{}
	}
	h, p, text := split(m.plain())
	raw := unb64(m.t, text)
	half := len(raw) / 2
	s := new(big.Int).SetBytes(raw[half:])
	s.Sub(public.Curve.Params().N, s).FillBytes(raw[half:])
	return m.good(join(h, p, b64(string(raw))))
}

func (m *maker) salted(size int) exam {
	h, p, _ := split(m.plain())
	sum := m.alg.Hash.New()
	sum.Write([]byte(join(h, p)))
	opts := &rsa.PSSOptions{SaltLength: size, Hash: m.alg.Hash}
	if size == 0 {
		opts.SaltLength = m.alg.Hash.Size() / 2
	}
	signature, err := m.own.Signer.Sign(rand.Reader, sum.Sum(nil), crypto.SignerOpts(opts))
	if err != nil {
		m.t.Fatal(err)
	}
	return m.good(join(h, p, b64(string(signature))))
}
