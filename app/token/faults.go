package token

import "strconv"

// maxFaults bounds what one token or JSON text can complain of: ten megabytes of garbage must not give as many problems.
const maxFaults = 100

// faults collects problems up to [maxFaults] and counts the others.
type faults struct {
	list   []Problem
	more   int
	errors bool // one of those not listed is an error
}

func (f *faults) add(p Problem) {
	if f.full(p.Severity) {
		return
	}
	f.list = append(f.list, p)
}

// full reports whether there is no room for one more problem, and counts it then: a caller with many asks first.
func (f *faults) full(s Severity) bool {
	if len(f.list) < maxFaults {
		return false
	}
	f.more++
	f.errors = f.errors || s == Error
	return true
}

// all returns the problems, with one that stands for those not listed.
func (f *faults) all() []Problem {
	if f.more == 0 {
		return f.list
	}
	last := f.list[len(f.list)-1]
	p := fault("text.more", last.End, last.End, strconv.Itoa(f.more))
	if f.errors {
		p.Severity = Error
	}
	f.more = 0
	f.list = append(f.list, p)
	return f.list
}
