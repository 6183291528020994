package check_test

import (
	"testing"

	"jwtlab/app/check"
)

func TestSum(t *testing.T) {
	of := func(answers ...check.Answer) []check.Check {
		var cs []check.Check
		for _, a := range answers {
			cs = append(cs, check.Check{Answer: a})
		}
		return cs
	}
	for _, c := range []struct {
		checks []check.Check
		want   check.Answer
	}{
		{nil, check.Unchecked},
		{of(check.Yes), check.Yes},
		{of(check.Yes, check.Unchecked, check.Yes), check.Unchecked},
		{of(check.Unchecked, check.Yes, check.No), check.No},
	} {
		if got := check.Sum(c.checks); got != c.want {
			t.Errorf("Sum(%v) = %s, want %s", c.checks, got, c.want)
		}
	}
}

func TestFind(t *testing.T) {
	checks := []check.Check{{Name: "exp", Code: "first"}, {Name: "exp", Code: "second"}}
	if c, ok := check.Find(checks, "exp"); !ok || c.Code != "first" {
		t.Errorf("Find = %v, %v", c, ok)
	}
	if _, ok := check.Find(checks, "nbf"); ok {
		t.Error("found a check that is not there")
	}
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		in   string
		most int
		want string
	}{{"", 3, ""}, {"abc", 3, "abc"}, {"abcd", 3, "abc…"}, {"한글날", 3, "한글날"}, {"한글날이다", 3, "한글날…"}} {
		if got := check.Clip(c.in, c.most); got != c.want {
			t.Errorf("Clip(%q, %d) = %q, want %q", c.in, c.most, got, c.want)
		}
	}
}
