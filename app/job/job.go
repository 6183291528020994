// Package job is long work as data: a [Job] goes in, a [Result] comes out, and both are plain JSON.
//
// The same [Run] works in a Worker of the page, on the command line and in a test. A job keeps nothing between runs;
// to cancel one in a Worker, the Worker is ended.
package job

import (
	"crypto/rand"
	"encoding/json"
	"fmt"

	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/play/desk"
	"jwtlab/app/token"
)

// A Job is one piece of work.
type Job struct {
	Kind   string       `json:"kind"` // "generate", "look" or "doctor"
	Alg    string       `json:"alg,omitempty"`
	Bits   int          `json:"bits,omitempty"`
	Inputs *desk.Inputs `json:"inputs,omitempty"`
}

// A Result is what a job came to; Failed says why it came to nothing.
type Result struct {
	Key  string     `json:"key,omitempty"`
	View *desk.View `json:"view,omitempty"`
	// Diagnoses are what the doctor found, an empty list for nothing; missing for any other job.
	Diagnoses *[]jws.Diagnosis `json:"diagnoses,omitempty"`
	Failed    string           `json:"failed,omitempty"`
}

// Run does a job.
func Run(j Job) Result {
	switch j.Kind {
	case "generate":
		k, err := key.Generate(key.Spec{Alg: j.Alg, Bits: j.Bits}, rand.Reader)
		if err != nil {
			return Result{Failed: err.Error()}
		}
		return Result{Key: k.JWK()}
	case "look":
		if j.Inputs == nil {
			return Result{Failed: "job look has no inputs"}
		}
		v := desk.Look(*j.Inputs)
		return Result{View: &v}
	case "doctor":
		if j.Inputs == nil {
			return Result{Failed: "job doctor has no inputs"}
		}
		found := diagnose(*j.Inputs)
		return Result{Diagnoses: &found}
	}
	return Result{Failed: fmt.Sprintf("unknown job %q", j.Kind)}
}

// diagnose looks for the cause why the signature of the selected token does not fit.
func diagnose(in desk.Inputs) []jws.Diagnosis {
	all := token.Read(in.Token).Tokens
	if len(all) == 0 {
		return []jws.Diagnosis{}
	}
	t := all[min(max(in.Selected, 0), len(all)-1)]
	found := jws.Doctor(t, key.Read(in.Key, in.Encoding), in.Key, jws.DoctorOptions{Encoding: in.Encoding})
	return append([]jws.Diagnosis{}, found...)
}

// RunJSON does a job given and answered as JSON.
func RunJSON(raw []byte) []byte {
	var j Job
	if err := json.Unmarshal(raw, &j); err != nil {
		return encode(Result{Failed: "reading job: " + err.Error()})
	}
	return encode(Run(j))
}

func encode(r Result) []byte {
	out, err := json.Marshal(r)
	if err != nil {
		return []byte(`{"failed":"writing result"}`)
	}
	return out
}
