package login

import (
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
	"unicode/utf8"
)

const (
	maxTransfers = 1000 // kept, of all users together
	maxAmount    = 1_000_000
	transferPath = "/api/transfer"
)

// A Transfer is money that somebody sent: what a forged request is after.
type Transfer struct {
	From   string    `json:"from"`
	To     string    `json:"to"`
	Amount int       `json:"amount"`
	At     time.Time `json:"at"`
}

// A ledger has the latest transfers, in memory: they are there to be seen, not to be kept.
type ledger struct {
	mu  sync.Mutex
	all []Transfer
}

func (l *ledger) add(t Transfer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.all) >= maxTransfers {
		l.all = slices.Clone(l.all[maxTransfers/2:])
	}
	l.all = append(l.all, t)
}

// Transfers returns the latest transfers of a user, the newest first, at most limit.
func (s *Service) Transfers(user string, limit int) []Transfer {
	s.ledger.mu.Lock()
	defer s.ledger.mu.Unlock()
	var found []Transfer
	for _, t := range slices.Backward(s.ledger.all) {
		if t.From == user && len(found) < limit {
			found = append(found, t)
		}
	}
	return found
}

// transfer answers POST /api/transfer, in JSON and as a form: the type of the body protects nobody, since a form of any
// page can send it. By GET it is there only where the policy is so weak.
func (s *Service) transfer(c *call) *problem {
	f, p := s.order(c)
	if p != nil {
		return p
	}
	who, p := s.changer(c, f["csrf_token"])
	if p != nil {
		return p
	}
	amount, err := strconv.Atoi(f["amount"])
	switch to := f["to"]; {
	case to == "" || len(to) > maxName || !utf8.ValidString(to):
		return &problem{status: http.StatusBadRequest, code: "to", args: []string{strconv.Itoa(maxName)}}
	case err != nil || amount < 1 || amount > maxAmount:
		return &problem{status: http.StatusBadRequest, code: "amount", args: []string{strconv.Itoa(maxAmount)}}
	}
	t := Transfer{From: who.user, To: f["to"], Amount: amount, At: c.now.UTC()}
	s.ledger.add(t)
	s.tell(c.Context(), Event{Name: "transfer", Mode: who.mode, User: who.user, Login: who.login, Address: c.address})
	reply(c.w, http.StatusOK, t)
	return nil
}

func (s *Service) order(c *call) (map[string]string, *problem) {
	known := []string{"to", "amount", "csrf_token"}
	switch {
	case c.Method == http.MethodPost:
		return c.fields(!s.config.Policy.JSONOnly, known...)
	case s.config.Policy.JSONOnly:
		return nil, &problem{status: http.StatusUnsupportedMediaType, code: "media-type"}
	}
	return once(c.URL.Query(), known)
}
