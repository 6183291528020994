package scenario

import (
	"context"
	"time"

	"jwtlab/app/lab/browser"
	"jwtlab/app/login"
)

// copies are the credentials that the client has now, as somebody would find them who looks through its stores.
func (w *world) copies() (all []Loot) {
	now := w.net.Now()
	cookies := w.browser.Cookies()
	if w.phone != nil {
		cookies = w.phone.Cookies()
	}
	for _, k := range cookies {
		live := k.Expires.IsZero() || k.Expires.After(now)
		if kind := kindOf(k.Name.Text()); kind != "" && live && k.Domain == "shop.example" {
			all = append(all, Loot{kind, k.Value.Text(), "cookie", now})
		}
	}
	if w.setup.Cookies() {
		return all
	}
	get := w.holds()
	for _, kind := range kinds {
		if value := get(kept[kind]); value != "" {
			all = append(all, Loot{kind, value, w.setup.Storage, now})
		}
	}
	return all
}

// holds reads what the client keeps, without opening its page if it is not open.
func (w *world) holds() func(string) string {
	if w.phone != nil {
		return w.phone.Kept
	}
	items := map[string]string{}
	for _, d := range w.browser.State().Documents {
		if d.Origin != w.page || d.Tab != w.tab || d.Parent != 0 {
			continue
		}
		w.browser.Run(d.ID, func(p *browser.Page) {
			all, _ := w.storage(p).Items()
			for _, f := range all {
				items[f.Name] = f.Value
			}
		})
	}
	return func(key string) string { return items[key] }
}

// nextEnd is when the first thing ends that some credentials live by, after now; zero if nothing does. Who has a refresh
// token that serves lives by that alone.
func (w *world) nextEnd(held []Loot) (next time.Time) {
	now := w.net.Now()
	consider := func(t time.Time) {
		if t.After(now) && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	renews := false
	for _, l := range held {
		if l.Kind == "access" {
			continue
		}
		if k, ok := w.record(l); ok {
			consider(k.Idle)
			consider(k.Expires)
			renews = renews || l.Kind == "refresh"
		}
	}
	for _, l := range held {
		if l.Kind == "access" && !renews {
			consider(expiry(l.Value))
		}
	}
	return next
}

// record is what a store knows by a secret.
func (w *world) record(l Loot) (found login.Login, ok bool) {
	_ = w.each(func(r *replica) error {
		if k, err := r.store.Store.Find(context.Background(), sum(l.Value), w.net.Now()); err == nil {
			found, ok = k, true
		}
		return nil
	})
	return found, ok
}
