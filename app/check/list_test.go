package check_test

import (
	"reflect"
	"testing"

	"jwtlab/app/check"
)

func TestList(t *testing.T) {
	l := check.List{Rules: []check.Rule{{"a.good", "a", "RFC 1"}, {"b.bad", "b", ""}}}
	l.Yes("a.good")
	l.No("b.bad", "x", "y")
	l.Remark("a.good")
	l.Unchecked("c")
	want := []check.Check{
		{Name: "a", Answer: check.Yes, Code: "a.good", Ref: "RFC 1"},
		{Name: "b", Answer: check.No, Code: "b.bad", Args: []string{"x", "y"}},
		{Name: "a", Answer: check.Yes, Code: "a.good", Ref: "RFC 1", Remark: true},
		{Answer: check.Unchecked, Code: "c"},
	}
	if !reflect.DeepEqual(l.Checks, want) {
		t.Errorf("got %+v, want %+v", l.Checks, want)
	}
}
