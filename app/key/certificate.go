package key

import (
	"encoding/hex"
	"strings"
	"time"
	"unicode/utf16"

	"jwtlab/app/check"
)

// A Certificate is what a certificate says of its key (RFC 5280 §4.1). It is shown, and proves nothing by itself:
// [VerifyChain] holds it to roots.
type Certificate struct {
	Subject   string    `json:"subject"` // as RFC 4514 writes names, the last part first
	Issuer    string    `json:"issuer"`
	Serial    string    `json:"serial"` // in hexadecimal
	NotBefore time.Time `json:"not_before"`
	NotAfter  time.Time `json:"not_after"` // the zero time if the date is none
	Names     []string  `json:"names,omitempty"`
	CA        bool      `json:"ca"`        // it may issue others (RFC 5280 §4.2.1.9)
	Algorithm string    `json:"algorithm"` // of its signature, by its name or its number

	signed          []byte // what is signed
	by              algorithm
	signature       []byte
	subject, issuer string // in DER
	path            int    // how many may come between it and the last one; -1 for any number
	mayNotSign      bool   // its key usage leaves certificates out
	critical        string // the number of an extension that has to be understood and is not
}

// readCertificate reads a Certificate and the public key in it. Of the rest, what is odd is left out, for the key is
// what was asked for; who signed it is the business of [VerifyChain].
func readCertificate(d *der, w *work) (Key, *fault) {
	s := d.sequence()
	c := &Certificate{path: -1}
	before := s.rest
	tbs := s.sequence()
	c.signed = before[:len(before)-len(s.rest)]
	c.by = s.algorithm()
	c.signature = s.bits()
	if tbs.next(tagContext) {
		tbs.take(tagContext) // version
	}
	c.Serial = hex.EncodeToString(tbs.take(tagInteger))
	tbs.algorithm()
	c.issuer = string(tbs.take(tagSequence))
	times := tbs.sequence()
	c.subject = string(tbs.take(tagSequence))
	if tbs.bad || !s.finish() {
		return Key{}, damaged
	}
	k, f := readSPKI(tbs, w)
	if f.found() {
		return k, f
	}
	c.Issuer, c.Subject = distinguishedName(c.issuer), distinguishedName(c.subject)
	c.NotBefore, c.NotAfter = times.time(), times.time()
	c.Algorithm = signatureName(c.by)
	for len(tbs.rest) > 0 && !tbs.bad {
		if tag := tbs.rest[0]; tag != tagContext+3 {
			tbs.take(tag) // unique identifiers
			continue
		}
		c.extensions(&der{rest: tbs.take(tagContext + 3)})
	}
	k.Format, k.Certificate = "certificate", c
	return k, nil
}

// time reads a UTCTime or a GeneralizedTime in the one form that RFC 5280 §4.1.2.5 allows.
func (d *der) time() time.Time {
	const tagUTCTime, tagGeneralizedTime = 0x17, 0x18
	if d.next(tagUTCTime) {
		text := string(d.take(tagUTCTime))
		century := "20"
		if text >= "50" {
			century = "19"
		}
		t, _ := time.Parse("20060102150405Z", century+text)
		return t
	}
	t, _ := time.Parse("20060102150405Z", string(d.take(tagGeneralizedTime)))
	return t
}

// attributeNames are the names that RFC 4514 §3 has, and those that are met beside them.
var attributeNames = map[string]string{
	"\x55\x04\x03": "CN", "\x55\x04\x06": "C", "\x55\x04\x07": "L", "\x55\x04\x08": "ST", "\x55\x04\x09": "STREET",
	"\x55\x04\x0a": "O", "\x55\x04\x0b": "OU", "\x55\x04\x05": "serialNumber",
	"\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x01": "UID", "\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x19": "DC",
	"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01": "emailAddress",
}

// distinguishedName writes a name as RFC 4514 §2 does.
func distinguishedName(contents string) string {
	const tagSet = 0x31
	var parts []string
	for d := (&der{rest: []byte(contents)}); len(d.rest) > 0 && !d.bad && len(parts) < 64; {
		var values []string
		for set := (&der{rest: d.take(tagSet)}); len(set.rest) > 0 && !set.bad; {
			pair := set.sequence()
			oid := string(pair.take(tagOID))
			name, ok := attributeNames[oid]
			if !ok {
				name = dotted(oid)
			}
			values = append(values, name+"="+escapeName(pair.directoryString()))
		}
		parts = append([]string{strings.Join(values, "+")}, parts...)
	}
	return check.Clip(strings.Join(parts, ","), 512)
}

// directoryString reads a string of any of the types that names have (RFC 5280 §4.1.2.4).
func (d *der) directoryString() string {
	if len(d.rest) == 0 {
		return ""
	}
	const tagBMPString = 0x1e
	tag := d.rest[0]
	b := d.take(tag)
	if tag != tagBMPString {
		return strings.ToValidUTF8(string(b), "\ufffd")
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b[2*i])<<8 | uint16(b[2*i+1])
	}
	return string(utf16.Decode(units))
}

// escapeName escapes what would be taken for the end of a value (RFC 4514 §2.4), and what no line should have in it.
func escapeName(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case strings.ContainsRune(`,+"\<>;`, r), i == 0 && (r == '#' || r == ' '), i == len(s)-1 && r == ' ':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			b.WriteString(`\` + hex.EncodeToString([]byte{byte(r)}))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// extensions reads those that matter to a chain (RFC 5280 §4.2.1).
func (c *Certificate) extensions(d *der) {
	const tagBoolean = 0x01
	for list := d.sequence(); len(list.rest) > 0 && !list.bad; {
		e := list.sequence()
		oid := string(e.take(tagOID))
		critical := e.next(tagBoolean) && string(e.take(tagBoolean)) == "\xff"
		inner := &der{rest: e.take(tagOctetString)}
		switch oid {
		case "\x55\x1d\x13": // basic constraints
			b := inner.sequence()
			c.CA = b.next(tagBoolean) && string(b.take(tagBoolean)) == "\xff"
			if b.next(tagInteger) {
				c.path = b.small()
			}
		case "\x55\x1d\x0f": // key usage; keyCertSign is the sixth bit
			bits := inner.take(tagBitString)
			c.mayNotSign = len(bits) < 2 || bits[1]&0x04 == 0
		case "\x55\x1d\x11": // subject alternative names
			c.alternativeNames(inner.sequence())
		case "\x55\x1d\x25", "\x55\x1d\x20": // extended key usage and policies say nothing about tokens
		default:
			if critical && c.critical == "" {
				c.critical = dotted(oid)
			}
		}
	}
}

// alternativeNames reads the names of mail, hosts and addresses (RFC 5280 §4.2.1.6).
func (c *Certificate) alternativeNames(names *der) {
	const tagMail, tagHost, tagURI = 0x81, 0x82, 0x86
	for len(names.rest) > 0 && !names.bad && len(c.Names) < 100 {
		tag := names.rest[0]
		value := names.take(tag)
		if tag == tagMail || tag == tagHost || tag == tagURI {
			c.Names = append(c.Names, check.Clip(strings.ToValidUTF8(string(value), "\ufffd"), 256))
		}
	}
}
