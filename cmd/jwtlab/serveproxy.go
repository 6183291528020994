package main

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// proxies are the networks of those who may say for whom they ask. What anybody else says of that is not read: it is what
// an attacker would write there to have another address each time.
type proxies []netip.Prefix

// readProxies reads addresses and networks that are separated by commas.
func readProxies(text string) (proxies, error) {
	var all proxies
	for one := range strings.SplitSeq(text, ",") {
		one = strings.TrimSpace(one)
		network, err := netip.ParsePrefix(one)
		if err != nil {
			address, err := netip.ParseAddr(one)
			if err != nil || address.Zone() != "" {
				return nil, errors.New("neither an address nor a network")
			}
			network = netip.PrefixFrom(address, address.BitLen())
		}
		all = append(all, network.Masked())
	}
	return all, nil
}

func (p proxies) has(a netip.Addr) bool {
	for _, network := range p {
		if network.Contains(a) {
			return true
		}
	}
	return false
}

// peer is who the connection is to.
func peer(r *http.Request) netip.Addr {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr().Unmap().WithZone("")
}

// trusts reports whether the request comes from one of the proxies.
func (p proxies) trusts(r *http.Request) bool { return p.has(peer(r)) }

// client is who a request is from: of the hops that X-Forwarded-For names the last one that is no proxy of ours, for each
// proxy adds its own peer at the end, and what stands before may be invented.
func (p proxies) client(r *http.Request) netip.Addr {
	at := peer(r)
	if !p.has(at) {
		return at
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && p.has(at); i-- {
		before, err := readHop(hops[i])
		if err != nil {
			break
		}
		at = before
	}
	return at
}

// readHop reads an address, which some proxies write with a port.
func readHop(text string) (netip.Addr, error) {
	text = strings.TrimSpace(text)
	if host, _, err := net.SplitHostPort(text); err == nil {
		text = host
	}
	a, err := netip.ParseAddr(strings.Trim(text, "[]"))
	return a.Unmap().WithZone(""), err
}

// address is what stands for the client where failures are counted and logins listed. Of IPv6 it is the network of 64 bits:
// whoever has one address of it has them all.
func (p proxies) address(r *http.Request) string {
	a := p.client(r)
	if !a.IsValid() {
		return "?"
	}
	if a.Is4() {
		return a.String()
	}
	return netip.PrefixFrom(a, 64).Masked().String()
}

// secure reports whether the request came by https, to this program or to the proxy.
func (p proxies) secure(r *http.Request) bool {
	return r.TLS != nil || p.said(r) == "https"
}

// said is the scheme that the nearest proxy says the request came by; "" where there is none to be believed.
func (p proxies) said(r *http.Request) string {
	values := r.Header.Values("X-Forwarded-Proto")
	if len(values) == 0 || !p.trusts(r) {
		return ""
	}
	last := values[len(values)-1]
	if i := strings.LastIndexByte(last, ','); i >= 0 {
		last = last[i+1:]
	}
	return strings.ToLower(strings.TrimSpace(last))
}
