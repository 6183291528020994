// Package job is long work as data: a [Job] goes in, a [Result] comes out, and both are plain JSON.
//
// The same [Run] works in a Worker of the page, on the command line and in a test. A job keeps nothing between runs;
// to cancel one in a Worker, the Worker is ended.
package job

import (
	"encoding/json"
	"fmt"

	"jwtlab/app/jws"
	"jwtlab/app/key"
	"jwtlab/app/lab/scenario"
	"jwtlab/app/play/desk"
	"jwtlab/app/token"
)

// A Job is one piece of work.
type Job struct {
	Kind  string `json:"kind"` // "generate", "encrypt", "look", "open", "doctor" or "matrix"
	Alg   string `json:"alg,omitempty"`
	Bits  int    `json:"bits,omitempty"`
	Curve string `json:"crv,omitempty"` // where Alg leaves it open
	Enc   string `json:"enc,omitempty"`
	// Header, Plain, Key and Iterations are of a token to be encrypted; the key is a JWK.
	Header     []byte       `json:"header,omitempty"`
	Plain      []byte       `json:"plain,omitempty"`
	Key        string       `json:"key,omitempty"`
	Iterations int          `json:"iterations,omitempty"`
	Inputs     *desk.Inputs `json:"inputs,omitempty"`
	Setup      string       `json:"setup,omitempty"` // of a row of the matrix
}

// A Result is what a job came to; Failed says why it came to nothing.
type Result struct {
	Key     string        `json:"key,omitempty"`
	Token   string        `json:"token,omitempty"`
	View    *desk.View    `json:"view,omitempty"`
	Opening *desk.Opening `json:"opening,omitempty"`
	// Diagnoses are what the doctor found, an empty list for nothing; missing for any other job.
	Diagnoses *[]jws.Diagnosis `json:"diagnoses,omitempty"`
	// Row is what every attack came to on a setup.
	Row    *scenario.RowResult `json:"row,omitempty"`
	Failed string              `json:"failed,omitempty"`
}

// Run does a job.
func Run(j Job) Result {
	switch j.Kind {
	case "generate":
		return generate(j)
	case "encrypt":
		return encrypt(j)
	case "matrix":
		return matrixRow(j.Setup)
	case "look", "open", "doctor":
		if j.Inputs == nil {
			return Result{Failed: fmt.Sprintf("job %s has no inputs", j.Kind)}
		}
		return examine(j.Kind, *j.Inputs)
	}
	return Result{Failed: fmt.Sprintf("unknown job %q", j.Kind)}
}

// matrixRow runs every attack on a setup. The matrix is as many jobs as it has rows, so that each row is there as soon as it
// has been run.
func matrixRow(id string) Result {
	setup, err := scenario.ReadSetup(id)
	if err != nil {
		return Result{Failed: err.Error()}
	}
	row := scenario.RunRow(setup)
	return Result{Row: &row}
}

func examine(kind string, in desk.Inputs) Result {
	switch kind {
	case "look":
		v := desk.Look(in)
		return Result{View: &v}
	case "open":
		o := desk.OpenUp(in)
		return Result{Opening: &o}
	}
	found := diagnose(in)
	return Result{Diagnoses: &found}
}

// diagnose looks for the cause why the signature of the selected token does not fit.
func diagnose(in desk.Inputs) []jws.Diagnosis {
	all := token.Read(in.Token).Tokens
	if len(all) == 0 {
		return []jws.Diagnosis{}
	}
	t := all[min(max(in.Selected, 0), len(all)-1)]
	keys := key.ReadWith(in.Key, key.Options{Encoding: in.Encoding, Passphrase: in.Passphrase})
	found := jws.Doctor(t, keys, in.Key, jws.DoctorOptions{Encoding: in.Encoding})
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
