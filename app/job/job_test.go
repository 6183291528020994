package job_test

import (
	"encoding/json"
	"testing"

	"jwtlab/app/job"
	"jwtlab/app/key"
	"jwtlab/app/lab/scenario"
	"jwtlab/app/play/desk"
)

func run(t *testing.T, raw string) job.Result {
	t.Helper()
	var r job.Result
	if err := json.Unmarshal(job.RunJSON([]byte(raw)), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestGenerate(t *testing.T) {
	r := run(t, `{"kind":"generate","alg":"ES384"}`)
	if ks := key.Read(r.Key, key.Auto).Keys; r.Failed != "" || len(ks) != 1 || ks[0].Curve != "P-384" || !ks[0].Private {
		t.Errorf("key %v, failed %q", ks, r.Failed)
	}
}

func TestLookIsTheDesksOwn(t *testing.T) {
	in := desk.Inputs{Token: desk.Examples()[0].Token, Key: desk.Examples()[0].Key, Clock: 1_795_305_600}
	raw, err := json.Marshal(job.Job{Kind: "look", Inputs: &in})
	if err != nil {
		t.Fatal(err)
	}
	got, _ := json.Marshal(run(t, string(raw)).View)
	want, _ := json.Marshal(desk.Look(in))
	if string(got) != string(want) {
		t.Errorf("view through JSON:\n%s\nwant\n%s", got, want)
	}
}

func TestDoctor(t *testing.T) {
	e := desk.Examples()[0]
	for name, c := range map[string]struct {
		in   desk.Inputs
		want string
	}{
		"quotes":  {desk.Inputs{Token: "Bearer " + e.Token, Key: `"` + e.Key + `"`}, "secret.yours"},
		"healthy": {desk.Inputs{Token: e.Token, Key: e.Key}, ""},
		"nothing": {desk.Inputs{Key: e.Key}, ""},
	} {
		raw, err := json.Marshal(job.Job{Kind: "doctor", Inputs: &c.in})
		if err != nil {
			t.Fatal(err)
		}
		r := run(t, string(raw))
		switch {
		case r.Failed != "" || r.Diagnoses == nil:
			t.Errorf("%s: %+v", name, r)
		case c.want == "" && len(*r.Diagnoses) > 0:
			t.Errorf("%s: found %+v", name, *r.Diagnoses)
		case c.want != "" && (len(*r.Diagnoses) != 1 || (*r.Diagnoses)[0].Code != c.want || (*r.Diagnoses)[0].Mend == nil):
			t.Errorf("%s: found %+v, want %s with its mend", name, *r.Diagnoses, c.want)
		}
	}
}

func TestMatrixRow(t *testing.T) {
	r := run(t, `{"kind":"matrix","setup":"jwt/localstorage"}`)
	if r.Failed != "" || r.Row == nil || r.Row.Row.ID != "jwt/localstorage" || len(r.Row.Cells) != len(scenario.Attacks()) {
		t.Fatalf("%+v", r)
	}
	if c := r.Row.Cells[0]; c.Attack != "xss-read" || !c.Obtained || c.Until != 300 {
		t.Errorf("XSS against localStorage: %+v", c)
	}
}

func TestBadJobsFail(t *testing.T) {
	for _, raw := range []string{"", "{", "[]", `{"kind":"look"}`, `{"kind":"doctor"}`, `{"kind":"fly"}`, `{"kind":"matrix"}`, `{"kind":"matrix","setup":"jwt/nowhere"}`, `{"kind":"generate","alg":"none"}`} {
		if r := run(t, raw); r.Failed == "" || r.Key != "" || r.View != nil || r.Row != nil {
			t.Errorf("%q: %+v", raw, r)
		}
	}
}
