package main

import (
	"jwtlab/app/check"
	"jwtlab/app/jws"
	"jwtlab/app/verdict"
)

// diagnose asks the doctor about a signature that was refused.
func diagnose(r verdict.Case, keyText string, o verdict.Options) []jws.Diagnosis {
	if len(r.Reading.Tokens) == 0 || r.Verdict.Signature == check.Yes && r.Verdict.Form == check.Yes {
		return nil
	}
	return jws.Doctor(r.Token, r.Keys, keyText, jws.DoctorOptions{Options: jws.Options{Alg: o.Alg}, Encoding: o.Encoding})
}

// diagnosed is a diagnosis with its words, as -json gives it. The key of a mend is left out: whoever has the secret can
// follow the words, and a log should not learn it.
type diagnosed struct {
	jws.Diagnosis
	Text   string `json:"text"`             // what happened
	Fix    string `json:"fix"`              // what to do at the issuer's
	Known  string `json:"known"`            // how sure that is
	Unmend string `json:"unmend,omitempty"` // why it cannot be mended here
}

func (c *call) diagnosed(all []jws.Diagnosis) []diagnosed {
	out := make([]diagnosed, len(all))
	for i, d := range all {
		args := d.Args
		if d.Detail != "" {
			args = append([]string{c.text("detail." + d.Detail)}, args...)
		}
		out[i] = diagnosed{d, c.text("cause."+d.Code, args...), c.text("fix."+d.Code, args...), c.text("sure." + string(d.Sure)), ""}
		if d.NoMend != "" {
			out[i].Unmend = c.text("nomend." + d.NoMend)
		}
		if d.Mend != nil {
			shown := *d.Mend
			shown.Key = ""
			out[i].Mend = &shown
		}
	}
	return out
}

// showDiagnosis says why the signature does not fit, and what to do about it.
func (c *call) showDiagnosis(s *screen, all []jws.Diagnosis) {
	if len(all) == 0 {
		return
	}
	s.line("")
	s.heading(c.text("cli.diagnosis"))
	for _, d := range c.diagnosed(all) {
		words := d.Text
		if d.Ref != "" {
			words += " (" + d.Ref + ")"
		}
		s.styled(yellow, "  → ", plain, words)
		s.wrapped("    ", d.Fix)
		s.wrapped("    ", d.Known)
		if d.Unmend != "" {
			s.wrapped("    ", d.Unmend)
		}
	}
	if m := all[0].Mend; m != nil && m.Token != "" {
		s.wrapped("  ", c.text("cli.mended-token"))
		s.line("  ", s.paint(plain, m.Token))
	}
}
