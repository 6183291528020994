package storetest

import (
	"fmt"
	"slices"

	"jwtlab/app/login"
)

var ending = group{
	{"one (R-9)", func(p probe) {
		p.create(someone("a", "amy"), 1)
		p.create(someone("b", "amy"), 2)
		p.ends(login.Ending{User: "amy", ID: "a", Now: at(1), Deny: at(5)}, 1)
		p.finds(1, at(2), "")
		p.finds(2, at(2), "b")
		p.lists("amy", at(2), "b")
		p.denies(at(4), true, "a")
		p.denies(at(5), false, "a")
		p.denies(at(2), false, "b")
		p.ends(login.Ending{User: "amy", ID: "a", Now: at(2), Deny: at(50)}, 0)
		p.denies(at(5), false, "a") // nothing was there any more
	}},
	{"a family with all its secrets (R-9)", func(p probe) {
		p.create(someone("a", "amy"), 1)
		p.rotates(gracious(1, 2, at(1)), login.Fresh)
		p.ends(login.Ending{User: "amy", ID: "a", Now: at(1), Deny: at(5)}, 1)
		p.rotates(gracious(1, 3, at(1)), 0)
		p.rotates(gracious(2, 3, at(1)), 0)
		p.finds(2, at(1), "")
	}},
	{"none of another's", func(p probe) {
		p.create(someone("a", "amy"), 1)
		p.ends(login.Ending{User: "bob", ID: "a", Now: at(1), Deny: at(5)}, 0)
		p.ends(login.Ending{User: "bob", Now: at(1), Deny: at(5)}, 0)
		p.ends(login.Ending{User: "am", Now: at(1), Deny: at(5)}, 0)
		p.ends(login.Ending{Now: at(1), Deny: at(5)}, 0)
		p.ends(login.Ending{User: "amy", ID: "b", Now: at(1), Deny: at(5)}, 0)
		p.finds(1, at(2), "a")
		p.denies(at(2), false, "a", "b")
	}},
	{"all", func(p probe) {
		for i := range 20 {
			p.create(someone(fmt.Sprint("a", i), "amy"), i+1)
			p.create(someone(fmt.Sprint("b", i), "bob"), i+101)
		}
		p.ends(login.Ending{User: "amy", Now: at(1), Deny: at(5)}, 20)
		p.lists("amy", at(1))
		for i := range 20 {
			p.finds(i+1, at(1), "")
			p.denies(at(1), true, fmt.Sprint("a", i))
			p.finds(i+101, at(1), fmt.Sprint("b", i))
			p.denies(at(1), false, fmt.Sprint("b", i))
		}
	}},
	{"all but one (ASVS 7.4.3)", func(p probe) {
		for i := range 5 {
			p.create(someone(fmt.Sprint("a", i), "amy"), i+1)
		}
		p.create(someone("b", "bob"), 9)
		p.ends(login.Ending{User: "amy", Except: "a3", Now: at(1), Deny: at(5)}, 4)
		p.lists("amy", at(1), "a3")
		p.finds(4, at(1), "a3")
		p.denies(at(1), false, "a3", "b")
		p.denies(at(1), true, "b", "a4")
		p.ends(login.Ending{User: "amy", Except: "a3", Now: at(1), Deny: at(5)}, 0)
		p.ends(login.Ending{User: "amy", ID: "a3", Except: "a3", Now: at(1)}, 1) // Except is for all
		p.denies(at(1), false, "a3")
	}},
}

var listing = group{
	{"in pages (R-9)", func(p probe) {
		const all = 1200
		want := make([]string, all)
		p.each(func(i int) {
			for ; i < all; i += many {
				want[i] = fmt.Sprintf("%x", uint32(i)*2654435761)
				p.create(someone(want[i], "amy"), i+1)
			}
		})
		slices.Sort(want)
		for _, size := range []int{1, 7, 499, 1000, 2000} {
			if got := p.pages("amy", size, func([]string) {}); !slices.Equal(got, want[:len(got)]) || size > 1 && len(got) != all {
				p.Errorf("pages of %d give %d logins, not in order: %q", size, len(got), got)
			}
		}
		// What nobody ends before its page must come, and come once, though others end meanwhile.
		end := func(id string) { p.ends(login.Ending{User: "amy", ID: id, Now: at(1), Deny: at(2)}, 1) }
		got := p.pages("amy", 100, func(page []string) {
			end(page[0])
			end(page[len(page)-1])
			if next := slices.Index(want, page[len(page)-1]) + 1; next < len(want) {
				end(want[next])
				want = slices.Delete(want, next, next+1)
			}
		})
		if !slices.Equal(got, want) {
			p.Errorf("while others end %d logins come, want %d: %q", len(got), len(want), got)
		}
	}},
	{"at most the limit", func(p probe) {
		p.create(someone("a", "amy"), 1)
		p.create(someone("b", "amy"), 2)
		for limit, want := range []int{0, 1, 2, 2} {
			got, err := p.Logins(p.ctx, "amy", "", limit, at(1))
			p.must(err)
			if len(got) != want {
				p.Errorf("limit %d gives %d", limit, len(got))
			}
		}
		got, err := p.Logins(p.ctx, "amy", "aa", 9, at(1)) // after an id that is none
		p.must(err)
		if len(got) != 1 {
			p.Errorf("after aa come %q", ids(got))
		}
		p.equal(got[0], someone("b", "amy"))
	}},
	{"without the ended", func(p probe) {
		p.each(func(i int) {
			for ; i < 300; i += many { // a page must not end where only ended logins stand
				l := someone(fmt.Sprintf("%03d", i), "amy")
				if i%100 != 99 {
					l.Idle = at(5)
				}
				p.create(l, i+1)
			}
		})
		p.lists("amy", at(5), "099", "199", "299")
		if got := p.pages("amy", 2, func([]string) {}); len(got) != 300 {
			p.Errorf("%d logins at minute 1", len(got))
		}
	}},
}

// pages reads all logins of a user at minute 1, page by page; with pages of one only the first hundred.
func (p probe) pages(user string, size int, between func(page []string)) (all []string) {
	p.Helper()
	for after := ""; ; after = all[len(all)-1] {
		page, err := p.Logins(p.ctx, user, after, size, at(1))
		p.must(err)
		if len(page) > size {
			p.Fatalf("a page of %d has %d", size, len(page))
		}
		if len(page) == 0 || size == 1 && len(all) >= 100 {
			return all
		}
		all = append(all, ids(page)...)
		between(ids(page))
	}
}
