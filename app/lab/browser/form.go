package browser

import (
	"strings"

	"jwtlab/app/lab/wire"
)

// A Form is one as HTML has it (HTML §4.10.21). The zero value is an empty one that asks for the document's own address.
type Form struct {
	Action  string
	Method  string       // "POST"; everything else is GET
	Encoded string       // "text/plain"; everything else is application/x-www-form-urlencoded
	Fields  []wire.Field // names and values of its controls
	Target  string       // "", "_top", "_blank" or the name of a frame
}

// fill makes a navigation the form's submission (HTML §4.10.21.3).
func (f *Form) fill(r *request) {
	if !strings.EqualFold(f.Method, "POST") {
		r.url = addressOf(r.url.URL, "")
		r.url.text += "?" + f.encode()
		return
	}
	r.method, r.body, r.anew = "POST", f.encode(), true
	kind := "application/x-www-form-urlencoded"
	if f.Encoded == "text/plain" {
		kind, r.body = f.Encoded, ""
		for _, c := range f.Fields {
			r.body += c.Name + "=" + c.Value + "\r\n"
		}
	}
	r.header = []wire.Field{{Name: "Content-Type", Value: kind}}
}

// encode writes the fields as application/x-www-form-urlencoded (URL §5.2).
func (f *Form) encode() string {
	var b strings.Builder
	for i, c := range f.Fields {
		if i > 0 {
			b.WriteByte('&')
		}
		escape(&b, c.Name)
		b.WriteByte('=')
		escape(&b, c.Value)
	}
	return b.String()
}

// escape writes a text percent-encoded, with a plus sign for a blank and CR LF for the end of a line.
func escape(b *strings.Builder, text string) {
	text = strings.NewReplacer("\r\n", "\r\n", "\r", "\r\n", "\n", "\r\n").Replace(text)
	const digits = "0123456789ABCDEF"
	for i := range len(text) {
		switch c := text[i]; {
		case c == ' ':
			b.WriteByte('+')
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("*-._", c) >= 0:
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
	}
}
