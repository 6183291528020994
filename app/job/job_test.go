package job_test

import (
	"encoding/json"
	"testing"

	"jwtlab/app/job"
	"jwtlab/app/key"
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

func TestBadJobsFail(t *testing.T) {
	for _, raw := range []string{"", "{", "[]", `{"kind":"look"}`, `{"kind":"fly"}`, `{"kind":"generate","alg":"none"}`} {
		if r := run(t, raw); r.Failed == "" || r.Key != "" || r.View != nil {
			t.Errorf("%q: %+v", raw, r)
		}
	}
}
