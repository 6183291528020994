package cookie

import "strings"

// evict makes room after a cookie was stored, and returns who had to go (RFC 6265bis §5.7, §6.1).
func (j *Jar) evict(c *Cookie) []*Cookie {
	limits := &j.Rules.Limits
	if c.Partition != (Partition{}) {
		return j.evictPartition(c)
	}
	if len(j.Cookies) <= limits.PerDomain {
		return nil
	}
	gone := j.evictDomain(c)
	if all, n := j.queue(c, ""); n > limits.Total {
		gone = append(gone, j.remove(all[:min(n-limits.TotalLeft, len(all))])...)
	}
	return gone
}

// keyOf is the domain by which cookies are counted.
func (j *Jar) keyOf(c *Cookie) string {
	if domain, ok := RegistrableDomain(c.Domain); ok && !j.Rules.Limits.ByField {
		return domain
	}
	return c.Domain
}

// queue returns the cookies in the partition of the new one, those of a domain or all, in the order in which they have to
// go: the least recently used first, those that are Secure last where that counts. Where all count some are spared, so
// there may be fewer than n, which is how many there are.
func (j *Jar) queue(c *Cookie, key string) (all []*Cookie, n int) {
	limits := &j.Rules.Limits
	secureLast := !limits.AnySecure && !(limits.Priority && key != "")
	for _, d := range j.Cookies {
		if d.Partition != c.Partition || !strings.HasSuffix(d.Domain, key) || key != "" && j.keyOf(d) != key || d.expired(c.Used) {
			continue
		}
		if n++; key == "" && c.Used.Unix()-d.Used.Unix() < limits.Spared {
			continue
		}
		all = append(all, d)
		for i := len(all) - 1; i > 0; i-- {
			before := d.Used.Before(all[i-1].Used)
			if secureLast && d.Secure != all[i-1].Secure {
				before = !d.Secure
			}
			if !before {
				break
			}
			all[i-1], all[i] = d, all[i-1]
		}
	}
	return all, n
}

// remove takes cookies out, and returns them.
func (j *Jar) remove(chosen []*Cookie) []*Cookie {
	if len(chosen) == 0 {
		return nil
	}
	return j.keep(func(c *Cookie) bool {
		for _, d := range chosen {
			if c == d {
				return false
			}
		}
		return true
	})
}

// evictDomain holds a domain to its number.
func (j *Jar) evictDomain(c *Cookie) []*Cookie {
	limits := &j.Rules.Limits
	all, _ := j.queue(c, j.keyOf(c))
	if len(all) <= limits.PerDomain {
		return nil
	}
	excess := len(all) - limits.PerDomainLeft
	if limits.Priority {
		return j.remove(byPriority(all, excess))
	}
	return j.remove(all[:excess])
}

// rounds is the order in which Chromium looks for victims, and how many of a priority each round leaves.
var rounds = []struct {
	priority Priority
	insecure bool // only cookies that are not Secure
	left     int
}{
	{Low, true, 30}, {Low, false, 30}, {"", true, 50}, {High, true, 70}, {"", false, 50}, {High, false, 70},
}

// byPriority chooses so many of a domain's cookies, which come least recently used first.
func byPriority(all []*Cookie, excess int) (chosen []*Cookie) {
	for _, r := range rounds {
		of, secure := 0, 0
		for _, c := range all {
			if c.Priority == r.priority {
				of++
				if c.Secure && r.insecure {
					secure++
				}
			}
		}
		deletable := of - max(secure, r.left)
		left := make([]*Cookie, 0, len(all))
		for _, c := range all {
			if deletable > 0 && len(chosen) < excess && c.Priority == r.priority && !(r.insecure && c.Secure) {
				deletable--
				chosen = append(chosen, c)
			} else {
				left = append(left, c)
			}
		}
		all = left
	}
	return chosen
}

// evictPartition holds a site in a partition to its number and size (CHIPS).
func (j *Jar) evictPartition(c *Cookie) []*Cookie {
	all, _ := j.queue(c, j.keyOf(c))
	size := 0
	for _, d := range all {
		size += d.size()
	}
	n := 0
	for ; size > maxChipsSize || len(all)-n > maxChips; n++ {
		size -= all[n].size()
	}
	return j.remove(all[:n])
}
