package key

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"jwtlab/app/token"
)

const (
	pemBegin = "-----BEGIN "
	pemEnd   = "-----END "
	dashes   = "-----"
)

// likePEM reports whether a text has, or nearly has, the armour of PEM. What is near enough is read as PEM and refused
// with a reason, rather than taken for a secret.
func likePEM(text string) bool {
	_, _, ok := findArmour(text)
	return ok
}

// findArmour finds the word BEGIN or END after dashes of any kind, in any case, and returns the line it stands in.
func findArmour(text string) (start, end int, ok bool) {
	for at := 0; ; {
		i := strings.IndexAny(text[at:], "bBeE")
		if i < 0 {
			return 0, 0, false
		}
		at += i
		word := text[at:min(at+6, len(text))]
		isWord := len(word) == 6 && strings.EqualFold(word, "BEGIN ") || len(word) >= 4 && strings.EqualFold(word[:4], "END ")
		if isWord && endsInDashes(text[max(0, at-8):at]) {
			start = strings.LastIndexAny(text[:at], "\r\n") + 1
			end = len(text)
			if i := strings.IndexAny(text[at:], "\r\n"); i >= 0 {
				end = at + i
			}
			return start, end, true
		}
		at++
	}
}

// endsInDashes reports whether text ends in hyphens, or in the dashes that word processors make of them.
func endsInDashes(text string) bool {
	text = strings.TrimRight(text, " ")
	return len(text)-len(strings.TrimRight(text, "-‐‑‒–—―−")) >= 2 // bytes: one long dash is enough
}

// readPEM reads all blocks of a text, and what lies between them only for armour that went wrong.
func (r *reading) readPEM(text string) {
	r.Kind = "pem"
	blocks := 0
	for at := 0; at < len(text); blocks++ {
		start, label, body, ok := findBegin(text, at)
		if !ok {
			r.strayArmour(text, at, len(text))
			break
		}
		if blocks == maxKeys {
			r.add(problem("key.too-many", token.Span{Start: start, End: len(text)}, strconv.Itoa(blocks+1)+"+", strconv.Itoa(maxKeys)))
			break
		}
		r.strayArmour(text, at, start)
		at = r.readBlock(text, start, label, body)
	}
}

// strayArmour reports armour between two blocks, where there should be none.
func (r *reading) strayArmour(text string, from, to int) {
	start, end, ok := findArmour(text[from:to])
	if !ok {
		return
	}
	at := token.Span{Start: from + start, End: from + end}
	if strings.Contains(text[at.Start:at.End], pemEnd) {
		r.add(problem("pem.no-begin", at))
	} else {
		r.add(problem("pem.armour", at))
	}
}

// findBegin finds the next BEGIN line; start is where it starts, body where it ends.
func findBegin(text string, from int) (start int, label string, body int, ok bool) {
	for {
		i := strings.Index(text[from:], pemBegin)
		if i < 0 {
			return 0, "", 0, false
		}
		start = from + i
		from = start + len(pemBegin)
		length := strings.Index(text[from:], dashes)
		if length > 0 && length <= maxLabel && !strings.ContainsAny(text[from:from+length], "-\r\n") {
			return start, text[from : from+length], from + length + len(dashes), true
		}
	}
}

const maxLabel = 64

// readBlock reads the block whose BEGIN line ends at body, and returns where it ends itself.
func (r *reading) readBlock(text string, start int, label string, body int) int {
	stop := len(text)
	if i := strings.Index(text[body:], pemBegin); i >= 0 {
		stop = body + i
	}
	begin := token.Span{Start: start, End: body}
	i := strings.Index(text[body:stop], pemEnd)
	if i < 0 {
		r.add(problem("pem.no-end", begin, label))
		return stop
	}
	endLine := body + i
	name := endLine + len(pemEnd)
	end := name + len(label) + len(dashes)
	if end > len(text) || text[name:end] != label+dashes {
		if end = len(text); strings.ContainsAny(text[name:], "\r\n") {
			end = name + strings.IndexAny(text[name:], "\r\n")
		}
		r.add(problem("pem.end-differs", token.Span{Start: endLine, End: end}, label))
		return end
	}
	r.readBody(text, label, token.Span{Start: start, End: end}, token.Span{Start: body, End: endLine})
	return end
}

// readBody reads what stands between the lines of a block.
func (r *reading) readBody(text, label string, block, body token.Span) {
	if refused := refuseLabel(label); refused.found() {
		if refused.code != parametersOnly {
			r.add(problem(refused.code, block, refused.args...))
		}
		return
	}
	lock, body := findLock(text, body)
	contents, ok := r.decodeBody(text, label, body)
	if !ok {
		return
	}
	if label == "X509 CERTIFICATE" {
		label = "CERTIFICATE"
	}
	k, f := r.open(lock, label, contents)
	if f == damaged && lock.info == "" {
		if _, other, g := readAny(contents, &r.work); !g.found() {
			f = faulty("pem.other-label", "", label, other)
		}
	}
	if f.found() {
		args := slices.Clone(f.args)
		if strings.HasPrefix(f.code, "pem.") && len(args) == 0 {
			args = []string{label}
		}
		r.add(problem(f.code, block, args...))
		return
	}
	r.take(k, block)
}

// take adds a key, and what is worth knowing about how it was written.
func (r *reading) take(k Key, at token.Span) {
	if k.explicit {
		r.add(problem("ec.explicit", at, k.Curve))
	}
	if name := k.stranger(); name != "" {
		r.add(problem("key.no-jose", at, name))
	}
	k.Span = at
	r.Keys = append(r.Keys, k)
}

// open reads the contents of a block, unlocked first if they are locked the old way.
func (r *reading) open(lock oldLock, label string, contents []byte) (Key, *fault) {
	if lock.info == "" {
		return readAs(label, contents, &r.work)
	}
	plain, f := lock.open(contents, &r.work)
	if f.found() {
		return Key{}, f
	}
	k, f := readAs(label, plain, &r.work)
	if f.found() && (f == damaged || f.code == "pem.cut") {
		f = wrongPassphrase // the padding was right by chance
	}
	k.Encrypted = true
	return k, f
}

// parametersOnly stands for a block that openssl writes before a key and that says nothing new.
const parametersOnly = "parameters"

// refuseLabel says why a block is not read: no key of ours by its label.
func refuseLabel(label string) *fault {
	switch {
	case label == "EC PARAMETERS":
		return faulty(parametersOnly, "")
	case strings.HasPrefix(label, "SSH2 "):
		return faulty("ssh.unsupported", "", label)
	case label == "X509 CERTIFICATE":
		return nil
	case strings.HasSuffix(label, "REQUEST"), strings.HasSuffix(label, "PARAMETERS"), strings.HasSuffix(label, "CRL"),
		strings.HasPrefix(label, "PGP "), label == "PKCS7", label == "CMS",
		label == "TRUSTED CERTIFICATE":
		return faulty("pem.unsupported", "", label)
	}
	for _, s := range structures {
		if s.label == label {
			return nil
		}
	}
	return faulty("pem.label", "", label)
}

// decodeBody decodes the base64 of a block. Line breaks may be missing, doubled, or written \n, as environment
// variables and configuration files leave them; that is warned of, since a strict reader refuses it.
func (r *reading) decodeBody(text, label string, body token.Span) ([]byte, bool) {
	chars := make([]byte, 0, body.End-body.Start)
	escaped := false
	for i := body.Start; i < body.End; i++ {
		switch c := text[i]; {
		case isAlphanumeric(c) || c == '+' || c == '/' || c == '=':
			chars = append(chars, c)
		case c == '\n' || c == '\r' || c == ' ' || c == '\t':
		case c == '\\' && i+1 < body.End && (text[i+1] == 'n' || text[i+1] == 'r'):
			escaped = true
			i++
		default:
			r.add(badCharacter("pem.character", text, i, 0, label))
			return nil, false
		}
	}
	if len(chars) == 0 {
		r.add(problem("pem.empty", body, label))
		return nil, false
	}
	contents, err := base64.StdEncoding.DecodeString(string(chars))
	if err != nil {
		r.add(problem("pem.base64", body, label))
		return nil, false
	}
	if escaped || !strings.ContainsAny(text[body.Start:body.End], "\r\n") {
		r.add(problem("pem.folded", body, label))
	}
	return contents, true
}
