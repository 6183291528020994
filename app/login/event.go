package login

import "context"

// An Event is something that happened to a login, for logs and counters. It holds no secret and nothing that a stranger
// has typed: User is empty until a password or a token has proved it.
type Event struct {
	Name    string `json:"name"`   // one of [EventNames]
	Reason  string `json:"reason"` // a problem's code, or empty
	Mode    Mode   `json:"mode,omitempty"`
	User    string `json:"user,omitempty"`
	Login   string `json:"login,omitempty"` // its id
	Address string `json:"address,omitempty"`
	Request string `json:"request,omitempty"` // what [WithRequest] called the request; empty where no request made it happen
}

type requestKey struct{}

// WithRequest names a request for the events that it makes happen, so that a log can tell them from those of others.
func WithRequest(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, requestKey{}, name)
}

// EventNames lists the names of all events, so that each can have a counter from the start.
func EventNames() []string {
	return []string{"login", "login-refused", "throttled", "refresh", "refresh-refused", "refresh-reused", "logout", "force-out",
		"role", "transfer", "origin-refused", "csrf-refused", "address-refused", "store-failed"}
}

func (s *Service) tell(ctx context.Context, e Event) {
	if s.config.Event != nil {
		e.Request, _ = ctx.Value(requestKey{}).(string)
		s.config.Event(e)
	}
}
