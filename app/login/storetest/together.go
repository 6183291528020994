package storetest

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"jwtlab/app/login"
)

// many is how many callers there are at once.
const many = 64

var together = group{
	{"one secret, rotated by all (R-19, R-23)", func(p probe) {
		for round := range 5 {
			id, first := fmt.Sprint(round), 1000*(round+1)
			p.create(someone(id, "amy"), first)
			outcomes := p.race(func(i int) login.Rotation { return rotate(first, first+1+i, 1) })
			if outcomes[login.Fresh] != 1 || outcomes[login.Reused] != 1 || outcomes[0] != many-2 {
				p.Errorf("the outcomes are %v", outcomes)
			}
			for i := range many {
				p.finds(first+1+i, at(2), "")
			}
			p.denies(at(2), true, id)
		}
	}},
	{"one secret, rotated by all, with grace (R-21, R-23)", func(p probe) {
		for round := range 5 {
			id, first := fmt.Sprint(round), 1000*(round+1)
			p.create(someone(id, "amy"), first)
			var mu sync.Mutex
			fresh, sealed := 0, map[string]int{}
			p.each(func(i int) {
				r := gracious(first, first+1+i, at(1).Add(time.Duration(i)*time.Millisecond))
				got, err := p.Rotate(p.ctx, r)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err != nil:
					p.Errorf("rotation %d: %v", i, err)
				case got.Outcome == login.Fresh:
					fresh = first + 1 + i
				case got.Outcome == login.Repeated:
					sealed[string(got.Sealed)]++
				}
			})
			if len(sealed) != 1 || sealed[fmt.Sprint("sealed ", fresh)] != many-1 {
				p.Errorf("secret %d is new, and repeated are %v", fresh, sealed)
			}
			p.finds(fresh, at(2), id)
		}
	}},
	{"rotate and end", func(p probe) {
		for round := range 20 {
			id, first := fmt.Sprint(round), 1000*(round+1)
			p.create(someone(id, "amy"), first)
			p.each(func(i int) {
				if i == 7 {
					p.ends(login.Ending{User: "amy", ID: id, Now: at(1), Deny: at(5)}, 1)
				} else if i%16 == 1 {
					_, err := p.Rotate(p.ctx, gracious(first, first+1+i, at(1)))
					if err != nil && !errors.Is(err, login.ErrUnknown) {
						p.Error(err)
					}
				}
			})
			for i := range many { // whichever came first: an ended login is not brought back
				p.finds(first+i, at(1), "")
			}
			p.denies(at(2), true, id)
		}
		p.lists("amy", at(2))
	}},
	{"each its own", func(p probe) {
		p.each(func(i int) {
			user, id, first := fmt.Sprint("user", i%8), fmt.Sprintf("%02d", i), 1000*(i+1)
			p.must(p.Create(p.ctx, someone(id, user), hash(first), login.Hash{}))
			p.finds(first, at(1), id)
			for n := range 5 {
				p.rotates(rotate(first+n, first+n+1, 1), login.Fresh)
			}
			p.finds(first+5, at(1), id)
			p.must(p.Touch(p.ctx, id, at(2), at(50)))
			p.finds(first+5, at(49), id)
			_, err := p.Logins(p.ctx, user, "", 10, at(2))
			p.must(err)
			if i%2 == 0 {
				p.ends(login.Ending{User: user, ID: id, Now: at(2), Deny: at(9)}, 1)
				p.finds(first+5, at(2), "")
			}
			p.denies(at(3), i%2 == 0, id)
			_, err = p.Sweep(p.ctx, at(2), 3)
			p.must(err)
		})
		for i := range many {
			p.finds(1000*(i+1)+5, at(49), []string{"", fmt.Sprintf("%02d", i)}[i%2])
		}
		p.lists("user3", at(3), "03", "11", "19", "27", "35", "43", "51", "59")
	}},
}

// each does the work of all callers at once.
func (p probe) each(work func(i int)) {
	var wait sync.WaitGroup
	ready := make(chan struct{})
	for i := range many {
		wait.Go(func() {
			<-ready
			work(i)
		})
	}
	close(ready)
	wait.Wait()
}

// race rotates at once and counts the outcomes, ErrUnknown as 0.
func (p probe) race(r func(i int) login.Rotation) map[login.Outcome]int {
	var mu sync.Mutex
	outcomes := map[login.Outcome]int{}
	p.each(func(i int) {
		got, err := p.Rotate(p.ctx, r(i))
		if err != nil && !errors.Is(err, login.ErrUnknown) {
			p.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		outcomes[got.Outcome]++
	})
	return outcomes
}
