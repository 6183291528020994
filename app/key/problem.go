package key

import (
	"slices"

	"jwtlab/app/check"
	"jwtlab/app/token"
)

// faults has every code that this package can give, with its severity and the paragraph that it comes from.
var faults = map[string]struct {
	severity token.Severity
	ref      string
}{
	"key.empty":            {token.Note, ""},
	"key.too-long":         {token.Error, ""},
	"key.too-many":         {token.Error, ""},
	"key.unsupported":      {token.Error, ""},
	"key.unknown":          {token.Error, ""},
	"key.no-jose":          {token.Warning, "RFC 7518 §6"},
	"key.passphrase":       {token.Error, "RFC 5958 §3"},
	"key.passphrase-wrong": {token.Error, "RFC 8018 §6.2.2"},
	"key.cipher":           {token.Error, ""},
	"key.effort":           {token.Error, ""},
	"key.rounds":           {token.Error, "RFC 8018 §4.2"},
	"key.mismatch":         {token.Error, "RFC 7517 §9.3"},

	"secret.character": {token.Error, "RFC 4648 §3.3"},
	"secret.length":    {token.Error, "RFC 4648 §4"},
	"secret.bits":      {token.Warning, "RFC 4648 §3.5"},

	"jwk.json":           {token.Error, "RFC 7517 §4"},
	"jwk.not-object":     {token.Error, "RFC 7517 §4"},
	"jwk.member-missing": {token.Error, "RFC 7517 §4"},
	"jwk.not-string":     {token.Error, "RFC 7517 §4"},
	"jwk.not-array":      {token.Error, "RFC 7517 §4"},
	"jwk.member-empty":   {token.Error, "RFC 7517 §4"},
	"jwk.kty-unknown":    {token.Error, "RFC 7518 §6.1"},
	"jwk.crv-unknown":    {token.Error, "RFC 7518 §6.2.1.1"},
	"jwk.b64-character":  {token.Error, "RFC 7515 §2"},
	"jwk.b64-padding":    {token.Error, "RFC 7515 §2"},
	"jwk.b64-length":     {token.Error, "RFC 4648 §5"},
	"jwk.b64-bits":       {token.Error, "RFC 4648 §3.5"},
	"jwk.size":           {token.Error, "RFC 7518 §6.2.1.2"},
	"jwk.ops-twice":      {token.Error, "RFC 7517 §4.3"},
	"jwk.use-clash":      {token.Warning, "RFC 7517 §4.3"},
	"jwk.leading-zero":   {token.Warning, "RFC 7518 §6.3.1.1"},
	"jwks.discovery":     {token.Error, "OpenID Connect Discovery 1.0 §3"},
	"jwks.empty":         {token.Error, "RFC 7517 §5"},
	"jwks.none":          {token.Error, "RFC 7517 §5"},
	"jwks.twice":         {token.Warning, "RFC 7517 §4.5"},

	"ec.off-curve": {token.Error, "RFC 7518 §6.2.1"},
	"ec.range":     {token.Error, "RFC 7518 §6.2.2.1"},
	"ec.explicit":  {token.Note, "RFC 5480 §2.1.1"},

	"akp.alg-unknown": {token.Error, "RFC 9964 §4"},
	"akp.public":      {token.Error, "RFC 9964 §3"},
	"akp.seed":        {token.Error, "RFC 9964 §3"},
	"akp.seedless":    {token.Error, "RFC 9881 §6"},

	"rsa.modulus":     {token.Error, "RFC 8017 §3.1"},
	"rsa.exponent":    {token.Error, "RFC 8017 §3.1"},
	"rsa.too-big":     {token.Error, ""},
	"rsa.parts":       {token.Error, "RFC 8017 §3.2"},
	"rsa.incomplete":  {token.Error, "RFC 7518 §6.3.2"},
	"rsa.multi-prime": {token.Error, "RFC 7518 §6.3.2.7"},
	"rsa.effort":      {token.Error, ""},

	"pem.armour":      {token.Error, "RFC 7468 §2"},
	"pem.no-begin":    {token.Error, "RFC 7468 §2"},
	"pem.no-end":      {token.Error, "RFC 7468 §2"},
	"pem.end-differs": {token.Error, "RFC 7468 §2"},
	"pem.label":       {token.Error, "RFC 7468 §2"},
	"pem.other-label": {token.Error, "RFC 7468 §2"},
	"pem.unsupported": {token.Error, ""},
	"pem.empty":       {token.Error, "RFC 7468 §3"},
	"pem.character":   {token.Error, "RFC 7468 §3"},
	"pem.base64":      {token.Error, "RFC 7468 §3"},
	"pem.folded":      {token.Warning, "RFC 7468 §3"},
	"pem.cut":         {token.Error, ""},
	"pem.damaged":     {token.Error, ""},
	"pem.trailing":    {token.Error, ""},
	"cert.reversed":   {token.Warning, "RFC 7515 §4.1.6"},

	"ssh.unsupported": {token.Error, ""},
	"ssh.no-type":     {token.Error, "RFC 4253 §6.6"},
	"ssh.other-type":  {token.Error, "RFC 4253 §6.6"},
	"ssh.damaged":     {token.Error, "RFC 4253 §6.6"},
}

// Codes returns every problem code that the package can give, in alphabetical order.
func Codes() []string {
	codes := make([]string, 0, len(faults))
	for code := range faults {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}

// problem makes the problem of a code that [faults] has.
func problem(code string, at token.Span, args ...string) token.Problem {
	f := faults[code]
	for i := range args {
		args[i] = clip(args[i])
	}
	return token.Problem{Code: code, Severity: f.severity, Span: at, Args: args, Ref: f.ref}
}

// clip keeps a text that comes from the key fit for a sentence.
func clip(s string) string { return check.Clip(s, 60) }

// fault is a problem found where its place is not known: the parts of a key know nothing of the text they came from.
// Nil is no fault.
type fault struct {
	code string
	part string // the member at fault, empty for the whole key
	args []string
}

func faulty(code, part string, args ...string) *fault { return &fault{code, part, args} }

func (f *fault) found() bool { return f != nil }
