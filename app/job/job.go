// Package job is long work as data: a [Job] goes in, a [Result] comes out, and both are plain JSON.
//
// The same [Run] works in a Worker of the page, on the command line and in a test. A job keeps nothing between runs;
// to cancel one in a Worker, the Worker is ended.
package job

import (
	"crypto/rand"
	"encoding/json"
	"fmt"

	"jwtlab/app/key"
	"jwtlab/app/play/desk"
)

// A Job is one piece of work.
type Job struct {
	Kind   string       `json:"kind"` // "generate" or "look"
	Alg    string       `json:"alg,omitempty"`
	Bits   int          `json:"bits,omitempty"`
	Inputs *desk.Inputs `json:"inputs,omitempty"`
}

// A Result is what a job came to; Failed says why it came to nothing.
type Result struct {
	Key    string     `json:"key,omitempty"`
	View   *desk.View `json:"view,omitempty"`
	Failed string     `json:"failed,omitempty"`
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
	}
	return Result{Failed: fmt.Sprintf("unknown job %q", j.Kind)}
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
