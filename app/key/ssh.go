package key

import (
	"encoding/base64"
	"math/big"
	"slices"
	"strings"

	"jwtlab/app/token"
)

// sshCurves are the curves of ECDSA keys by their names in SSH (RFC 5656 §10.1).
var sshCurves = map[string]string{"nistp256": "P-256", "nistp384": "P-384", "nistp521": "P-521"}

// sshPrefixes begin a public key of SSH, or one that has lost its type word: the base64 has the type again.
var sshPrefixes = []string{
	"ssh-rsa ", "ssh-ed25519 ", "ssh-dss ", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-",
	"AAAAB3NzaC1", "AAAAC3NzaC1", "AAAAE2VjZHNhLXNoYTI",
}

func likeSSH(text string) bool {
	return slices.ContainsFunc(sshPrefixes, func(p string) bool { return strings.HasPrefix(text, p) })
}

// wire reads the data types of SSH from the front (RFC 4251 §5), as [der] does its own.
type wire struct {
	rest []byte
	bad  bool
}

func (w *wire) number() int {
	if w.bad || len(w.rest) < 4 {
		w.bad = true
		return 0
	}
	n := int(w.rest[0])<<24 | int(w.rest[1])<<16 | int(w.rest[2])<<8 | int(w.rest[3])
	w.rest = w.rest[4:]
	return n
}

func (w *wire) bytes() []byte {
	n := w.number()
	if w.bad || n < 0 || n > len(w.rest) {
		w.bad = true
		return nil
	}
	b := w.rest[:n]
	w.rest = w.rest[n:]
	return b
}

// integer returns an mpint that is not negative, without needless zeros.
func (w *wire) integer() *big.Int {
	b := w.bytes()
	if len(b) > 0 && (b[0] >= 0x80 || b[0] == 0 && (len(b) == 1 || b[1] < 0x80)) {
		w.bad = true
	}
	return new(big.Int).SetBytes(b)
}

// readSSH reads public keys of SSH, one a line: type, base64, comment (RFC 4253 §6.6).
func (r *reading) readSSH(text string) {
	r.Kind = "pem"
	at := 0
	for line := range strings.Lines(text) {
		start := at
		at += len(line)
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		span := token.Span{Start: start, End: start + len(strings.TrimRight(text[start:at], "\r\n"))}
		if len(r.Keys) == maxKeys {
			r.add(problem("key.too-many", span, "500+", "500"))
			return
		}
		k, f := readSSHLine(strings.Fields(line), &r.work)
		if f.found() {
			r.add(problem(f.code, span, f.args...))
			if len(r.Problems) > maxKeys {
				return
			}
			continue
		}
		r.take(k, span)
	}
}

func readSSHLine(fields []string, w *work) (Key, *fault) {
	if strings.HasPrefix(fields[0], "AAAA") {
		return Key{}, faulty("ssh.no-type", "")
	}
	if len(fields) < 2 {
		return Key{}, faulty("ssh.damaged", "")
	}
	blob, err := base64.StdEncoding.DecodeString(fields[1])
	if err != nil {
		return Key{}, faulty("ssh.damaged", "")
	}
	in := &wire{rest: blob}
	name := string(in.bytes())
	if !in.bad && name != fields[0] {
		return Key{}, faulty("ssh.other-type", "", fields[0], name)
	}
	k, f := readSSHPublic(name, in, w)
	if !f.found() && (in.bad || len(in.rest) > 0) {
		f = faulty("ssh.damaged", "")
	}
	k.Format = "ssh"
	k.Thumbprint = thumbprint(k)
	return k, f
}

// readSSHPublic reads the public key that follows its type.
func readSSHPublic(name string, in *wire, w *work) (k Key, f *fault) {
	switch {
	case in.bad:
		return Key{}, faulty("ssh.damaged", "")
	case name == "ssh-rsa":
		p := rsaParts{e: in.integer(), n: in.integer()}
		if in.bad {
			return Key{}, faulty("ssh.damaged", "")
		}
		f = setRSA(&k, p, w)
	case name == "ssh-ed25519":
		x := in.bytes()
		if len(x) != 32 {
			return Key{}, faulty("ssh.damaged", "")
		}
		f = setEd25519(&k, x, nil)
	case name == "ssh-dss":
		p, q, g, y := in.integer(), in.integer(), in.integer(), in.integer()
		if in.bad {
			return Key{}, faulty("ssh.damaged", "")
		}
		f = setDSA(&k, p, q, g, y, nil, w)
	case strings.HasPrefix(name, "ecdsa-sha2-"):
		c, point, g := in.curvePoint(name)
		if g.found() {
			return Key{}, g
		}
		f = c.set(&k, point, nil)
	default:
		return Key{}, faulty("ssh.unsupported", "", name)
	}
	return k, f
}

// curvePoint reads the curve and the point of an ECDSA key (RFC 5656 §3.1).
func (w *wire) curvePoint(name string) (*curve, []byte, *fault) {
	id := string(w.bytes())
	point := w.bytes()
	if w.bad || name != "ecdsa-sha2-"+id {
		return nil, nil, faulty("ssh.damaged", "")
	}
	c, ok := curveNamed(sshCurves[id])
	if !ok {
		return nil, nil, faulty("ssh.unsupported", "", name)
	}
	return c, point, nil
}
