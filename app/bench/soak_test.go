package bench_test

import (
	"fmt"
	"math"
	"sync"
	"testing"
	"time"
)

const (
	soakTime   = 2 * time.Minute
	soakStep   = 10 * time.Second
	soakPeople = 4 // at each server
	soakLogin  = 3 * time.Second
	soakBudget = 1.10 // the second minute ÷ the first
)

// BenchmarkSoak has people log in, use the service, refresh and log out for two minutes, and watches the memory.
func BenchmarkSoak(b *testing.B) {
	all := deploy(b, filled)
	for _, d := range all {
		acquaint(b, d)
	}
	end := time.Now().Add(soakTime)
	done := make([]tally, len(all)*soakPeople)
	var wait sync.WaitGroup
	for i := range done {
		p := meet(b, all[i/soakPeople])
		wait.Go(func() { done[i] = p.live(i, end) })
	}
	samples := map[*deployment][]footprint{}
	for time.Until(end) > soakStep/2 {
		for d, s := range sampled(b, all) {
			samples[d] = append(samples[d], s)
		}
	}
	wait.Wait()
	var sum tally
	for _, t := range done {
		if t.err != nil {
			b.Fatal(t.err)
		}
		sum.add(t)
	}
	publish(b, "Login service: two minutes under load", fmt.Sprintf("At each of the servers %d people log in, in the three modes by turns, ask who they are and refresh in between as fast as they\n"+
		"are answered, log out after %v, and begin again: %d logins, %d refreshes, %d other requests and %d logouts in all, every\n"+
		"answer as it should be. Own memory is that of the process without mapped files, the most of 40 looks in %v, while\n"+
		"passwords are hashed with 19 MiB each; the heap is the least, just after a collection. Each server has been shown %d access\n"+
		"tokens before, more than it remembers. What has ended is swept each 10 s here, not each minute; Redis keeps used refresh\n"+
		"tokens until their login would have ended (R-20). %s\n\n%s\n%s",
		soakPeople, soakLogin, sum.logins, sum.refreshes, sum.others, sum.logouts, soakStep, ring, redisNote(all), soakTable(all, samples), soakVerdicts(all, samples)))
}

// acquaint has a server know as many access tokens as it ever does, so that it need not grow for them.
func acquaint(b *testing.B, d *deployment) {
	b.Helper()
	p := meet(b, d)
	if err := p.login("token"); err != nil {
		b.Fatal(err)
	}
	for _, ask := range p.strangers(b, d, ring) {
		if err := sure(p.wire, ask); err != nil {
			b.Fatal(err)
		}
	}
}

// A tally is what a person did.
type tally struct {
	logins, refreshes, others, logouts int
	err                                error
}

func (t *tally) add(u tally) {
	t.logins, t.refreshes, t.others, t.logouts = t.logins+u.logins, t.refreshes+u.refreshes, t.others+u.others, t.logouts+u.logouts
}

// live is the life of a person until an end.
func (p *person) live(turn int, end time.Time) (t tally) {
	for ; time.Now().Before(end) && t.err == nil; turn++ {
		mode := []string{"session", "cookie", "token"}[turn%3]
		if t.err = p.login(mode); t.err != nil {
			return t
		}
		t.logins++
		for leave := time.Now().Add(soakLogin); time.Now().Before(leave) && time.Now().Before(end) && t.err == nil; {
			t.err = p.use(&t, mode)
		}
		if t.err == nil {
			t.err = p.logout()
			t.logouts++
		}
	}
	return t
}

// use asks who one is, many times, and refreshes once.
func (p *person) use(t *tally, mode string) error {
	for range 50 {
		if err := p.who(); err != nil {
			return err
		}
		t.others++
	}
	if mode == "session" {
		return nil
	}
	t.refreshes++
	return p.renew()
}

// A footprint is the memory of a server at a moment, in bytes.
type footprint struct{ own, heap, kept float64 }

// sampled watches the servers for a step, and empties their logs.
func sampled(b *testing.B, all []*deployment) map[*deployment]footprint {
	b.Helper()
	got := map[*deployment]footprint{}
	for _, d := range all {
		got[d] = footprint{heap: math.Inf(1)}
	}
	const looks = 40
	begun := time.Now()
	for i := range looks {
		for _, d := range all {
			s := got[d]
			s.heap, s.own = min(s.heap, d.heap(b)), max(s.own, d.own(b))
			got[d] = s
		}
		time.Sleep(time.Until(begun.Add(time.Duration(i+1) * soakStep / looks)))
	}
	for _, d := range all {
		s := got[d]
		if d.name != "memory" {
			s.kept = d.kept(b)
		}
		got[d] = s
		d.forget(b)
	}
	return got
}

func soakTable(all []*deployment, samples map[*deployment][]footprint) string {
	head := []string{"after"}
	for _, d := range all {
		head = append(head, d.name+": own", "heap")
		if d.name != "memory" {
			head = append(head, "stored")
		}
	}
	rows := [][]string{head}
	for i := range samples[all[0]] {
		row := []string{fmt.Sprint(time.Duration(i+1) * soakStep)}
		for _, d := range all {
			s := samples[d][i]
			row = append(row, figure(s.own, "B"), figure(s.heap, "B"))
			if d.name != "memory" {
				row = append(row, figure(s.kept, "B"))
			}
		}
		rows = append(rows, row)
	}
	return table(rows...)
}

// soakVerdicts judges whether memory stays as it is, once all has been used.
func soakVerdicts(all []*deployment, samples map[*deployment][]footprint) (text string) {
	for _, d := range all {
		var own, heap []float64
		for _, s := range samples[d] {
			own, heap = append(own, s.own), append(heap, s.heap)
		}
		text += judge(d.name+", most own memory in the second minute ÷ in the first", grown(own), soakBudget, "×", whySoak)
		text += judge(d.name+", most heap, likewise", grown(heap), soakBudget, "×", whySoak)
	}
	return text
}

// grown compares the peaks of two halves: what comes and goes is in both.
func grown(samples []float64) float64 {
	half := len(samples) / 2
	return quantile(samples[half:], 1) / quantile(samples[:half], 1)
}

func TestGrown(t *testing.T) {
	if got := grown([]float64{5, 9, 4, 6, 18, 3}); got != 2 {
		t.Errorf("got %v, want 18 ÷ 9", got)
	}
}

// whySoak is shown when memory has grown.
const whySoak = "Memory of hashing\n" +
	"  comes and goes; what is lost only grows: see the rows. In memory a logout leaves a denial of six minutes."
