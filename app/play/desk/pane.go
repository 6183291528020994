package desk

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"jwtlab/app/check"
	"jwtlab/app/claims"
	"jwtlab/app/token"
	"jwtlab/app/verdict"
)

// pane shows a segment as JSON: the text under edit when there is one, else what the token holds, indented.
func pane(in Inputs, c verdict.Case, s token.Segment, draft *string) Pane {
	p := Pane{Editable: editable(c) || draft != nil && c.PutOff}
	limit := paneBytes
	if in.Whole {
		limit = token.MaxInput
	}
	switch {
	case draft != nil:
		p.fromDraft(*draft)
	case s.JSON != nil:
		p.fromJSON(s.JSON, limit)
	case len(s.Bytes) == 0:
	case utf8.Valid(s.Bytes):
		p.Shape = "text"
		p.cut(string(s.Bytes), limit)
	default:
		p.fromBytes(s.Bytes, limit)
	}
	p.rows(s)
	return p
}

// editable reports whether header and payload of the form can be changed here and the token written anew.
func editable(c verdict.Case) bool {
	switch c.Token.Form {
	case "", token.JWS, token.Unsecured:
		return true
	case token.JWE:
		return c.Opened.Answer == check.Yes
	}
	return false
}

func (p *Pane) fromDraft(text string) {
	j, problems := token.ReadJSON([]byte(text))
	p.Text, p.Problems = text, problems
	p.Shape = shape(j)
	if len(text) > PlainBytes {
		return
	}
	if j == nil {
		p.Marks = underline(fill(nil, len(text)), problems)
		return
	}
	// The draft's own characters are coloured, not those of the indented text.
	var marks []Mark
	for _, t := range j.Indent().Tokens {
		marks = append(marks, Mark{Start: t.SrcStart, End: t.SrcEnd, Class: t.Class})
	}
	p.Marks = underline(fill(marks, len(text)), problems)
	p.locate(j, func(at int) int { return at })
}

func (p *Pane) fromJSON(j *token.JSON, limit int) {
	pretty := j.Indent()
	p.Shape = shape(j)
	p.cut(pretty.Text, limit)
	if p.Hidden == 0 && len(p.Text) <= PlainBytes {
		var marks []Mark
		for _, t := range pretty.Tokens {
			marks = append(marks, Mark{Start: t.Start, End: t.End, Class: t.Class})
		}
		p.Marks = fill(marks, len(p.Text))
	}
	at := 0 // the tokens are in order, and so are the members that ask for a place
	p.locate(j, func(src int) int {
		for at < len(pretty.Tokens) && pretty.Tokens[at].SrcEnd < src {
			at++
		}
		if at == len(pretty.Tokens) {
			return len(pretty.Text)
		}
		return pretty.Tokens[at].Start + min(src-pretty.Tokens[at].SrcStart, pretty.Tokens[at].End-pretty.Tokens[at].Start)
	})
}

// fromBytes shows bytes that are no text in rows of sixteen: where, what, and what of it can be read.
func (p *Pane) fromBytes(b []byte, limit int) {
	rows := token.HexDump(b, 0, limit/hexRow)
	var text strings.Builder
	for _, row := range rows {
		at := strconv.FormatInt(int64(row.Offset), 16)
		text.WriteString("00000000"[min(len(at), 8):] + at + "  " + row.Hex + blanks[len(row.Hex):] + row.Text + "\n")
	}
	p.Shape, p.Editable, p.Text = "binary", false, text.String()
	p.Hidden = max(0, len(b)-16*len(rows))
	if len(p.Text) <= PlainBytes {
		p.Marks = fill(nil, len(p.Text))
	}
}

// hexRow is how many characters a row of sixteen bytes takes at most; blanks fill the column of the bytes.
const (
	hexRow = 77
	blanks = "                                                  "
)

func (p *Pane) cut(text string, limit int) {
	if len(text) <= limit {
		p.Text = text
		if len(text) <= PlainBytes {
			p.Marks = fill(nil, len(text))
		}
		return
	}
	for limit > 0 && text[limit]&0xC0 == 0x80 {
		limit--
	}
	p.Text, p.Hidden, p.Editable = text[:limit], len(text)-limit, false
}

func shape(j *token.JSON) string {
	switch {
	case j == nil:
		return "text"
	case j.Root().Kind() == token.Object:
		return "json"
	}
	return "value"
}

// locate makes a row for each member of the object, and says where in the pane's text it stands.
func (p *Pane) locate(j *token.JSON, place func(int) int) {
	if j.Root().Kind() != token.Object {
		return
	}
	for name, value := range j.Root().Members() {
		if len(p.Rows) == rowsShown {
			p.More++
			continue
		}
		p.Rows = append(p.Rows, Row{
			Name: name.Text(), Value: clip(value.Raw(), valueBytes), Start: place(name.Span().Start+1) - 1, End: place(value.Span().End),
		})
	}
}

// rows adds to each row what is known of its name.
func (p *Pane) rows(s token.Segment) {
	for i := range p.Rows {
		r := &p.Rows[i]
		lookup := claims.Lookup
		if s.Part == token.PartHeader {
			lookup = claims.LookupHeader
		}
		c, known := lookup(r.Name)
		r.Known, r.Ref, r.IsTime = known, c.Ref, known && c.Kind == "time"
	}
	if s.JSON == nil || len(p.Rows) == 0 {
		return
	}
	p.trace(s)
	for i := range p.Rows {
		if r := &p.Rows[i]; r.IsTime {
			when := claims.ReadTime(s.JSON.Root().Get(r.Name))
			r.Remark = when.Code
			if unix := when.At.Unix(); when.OK {
				r.Time = &unix
			}
		}
	}
}

// trace finds the characters of the token that carry each row. A draft that is not in the token yet has none.
func (p *Pane) trace(s token.Segment) {
	if s.End == 0 {
		return // it stands nowhere in the text: it was decrypted, or put together from disclosures
	}
	i := 0
	for name, value := range s.JSON.Root().Members() {
		if i == len(p.Rows) || p.Rows[i].Name != name.Text() {
			return
		}
		p.Rows[i].Source = s.Source(name.Span().Start, value.Span().End)
		i++
	}
}
