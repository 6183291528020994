package idp

import "time"

// Users returns who is logged in at a time, once for each browser.
func (p *Provider) Users(now time.Time) (all []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.state.sessions {
		if now.Before(s.ends) {
			all = append(all, s.user)
		}
	}
	return all
}
