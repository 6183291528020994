package scenario

import (
	"slices"

	"jwtlab/app/check"
	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
)

// An attack is one way to get at somebody's login, or to make use of it. Nothing in it knows what will come of it.
type attack struct {
	id string
	// alone begins with nobody logged in: the victim logs in while it goes on.
	alone bool
	// sense is the code of the reason why the attack makes no sense against a setup; empty if it does.
	sense func(Setup) string
	run   func(*raid)
}

// attacks are all of them, in the order of the columns of the matrix: what reads, what rides, what listens and plants, what
// is done with a copy, what forges, what outlives.
var attacks = []attack{
	{"xss-read", false, always, (*raid).xssRead},
	{"xss-ride", false, always, (*raid).xssRide},
	{"csrf-form", false, always, (*raid).csrfForm},
	{"csrf-link", false, always, (*raid).csrfLink},
	{"csrf-image", false, always, (*raid).csrfImage},
	{"csrf-fetch", false, always, (*raid).csrfFetch},
	{"csrf-sibling", false, always, (*raid).csrfSibling},
	{"clickjack", false, always, (*raid).clickjack},
	{"sniff-http", false, always, (*raid).sniff},
	{"cookie-inject", false, always, (*raid).inject},
	{"fixate", true, needsID, (*raid).fixate},
	{"replay-elsewhere", false, always, (*raid).replay},
	{"replay-after-logout", false, always, (*raid).replayAfterLogout},
	{"replay-after-expiry", false, always, (*raid).replayAfterExpiry},
	{"refresh-theft", false, needsRefresh, (*raid).refreshTheft},
	{"store-leak", false, needsStore, (*raid).storeLeak},
	{"tamper", false, needsToken, (*raid).tamper},
	{"alg-none", false, needsToken, (*raid).algNone},
	{"key-confusion", false, needsPublicKey, (*raid).keyConfusion},
	{"weak-secret", false, needsSecret, (*raid).weakSecret},
	{"stale-role", true, always, (*raid).staleRole},
}

func always(Setup) string { return "" }

func needsID(s Setup) string {
	if s.Credential != Session || !s.Cookies() {
		return "scenario.sense-id"
	}
	return ""
}

func needsRefresh(s Setup) string {
	if s.Credential != Refresh {
		return "scenario.sense-refresh"
	}
	return ""
}

func needsStore(s Setup) string {
	if s.Credential == JWT || s.Credential == WeakJWT {
		return "scenario.sense-store"
	}
	return ""
}

func needsToken(s Setup) string {
	if s.Credential == Session {
		return "scenario.sense-token"
	}
	return ""
}

func needsPublicKey(s Setup) string {
	if s.Credential == WeakJWT {
		return "scenario.sense-public"
	}
	return needsToken(s)
}

func needsSecret(s Setup) string {
	if s.Credential != WeakJWT {
		return "scenario.sense-secret"
	}
	return ""
}

// Attacks returns the ids of all attacks, in the order of the matrix.
func Attacks() []string {
	ids := make([]string, len(attacks))
	for i, a := range attacks {
		ids[i] = a.id
	}
	return ids
}

func checkAttack(args []string) *LineError {
	if ids := Attacks(); !slices.Contains(ids, args[0]) {
		return choice("attack", args[0], ids)
	}
	return nil
}

// attackNamed looks an attack up by itself: the dictionary of a generic function would keep all that a world can do.
func attackNamed(id string) (found attack) {
	for _, a := range attacks {
		if a.id == id {
			found = a
		}
	}
	return found
}

// A raid is one attack under way.
type raid struct {
	*world
	outcome  Outcome
	messages int // how many there were before
	events   int
	list     check.List // reasons that the attack itself gives
	path     []int      // the messages that led to what decided, where the attack knows
	pivot    int        // the message that decided, where the attack knows; else it is looked for
}

// attack runs an attack and says what came of it. All that is observed is in the record.
func (w *world) attack(id string) Outcome {
	a := attackNamed(id)
	r := &raid{world: w, outcome: Outcome{Attack: id}, messages: w.last(), events: w.said(), list: check.List{Rules: rules}}
	if code := a.sense(w.setup); code != "" {
		r.list.Unchecked(code)
		r.outcome.Why = r.list.Checks
		return r.outcome
	}
	r.outcome.Applies = true
	a.run(r)
	for _, m := range w.since(r.messages) {
		if m.Kind == wire.Ask {
			r.outcome.Request = append(r.outcome.Request, m.ID)
		}
	}
	r.notice(w.told(r.events))
	r.explain()
	return r.outcome
}

// alarms are the events of a service that tell it of an attack.
var alarms = []string{"origin-refused", "csrf-refused", "address-refused", "refresh-reused"}

// notice goes through what a service has said of itself, and keeps what tells of an attack.
func (r *raid) notice(events []Event) {
	for _, e := range events {
		alarm := slices.Contains(alarms, e.Name) || e.Name == "refresh-refused" && e.Reason == "address"
		if alarm && !slices.Contains(r.outcome.Events, e.Name) {
			r.outcome.Events = append(r.outcome.Events, e.Name)
		}
	}
	r.outcome.Noticed = len(r.outcome.Events) > 0
}

// last is the id of the latest message.
func (w *world) last() int { return w.net.Forgotten + len(w.net.Messages) }

// since are the messages after one.
func (w *world) since(id int) []*wire.Message {
	return w.net.Messages[min(max(id-w.net.Forgotten, 0), len(w.net.Messages)):]
}

// got notes what the attacker has got.
func (r *raid) got(all ...Loot) {
	r.loot = append(slices.Clip(r.loot), all...)
	r.outcome.Held = append(r.outcome.Held, all...)
	r.outcome.Obtained = r.outcome.Obtained || len(all) > 0
}

// aside opens an address in another tab of the victim's browser, as by a link in a mail.
func (r *raid) aside(url string) int {
	if r.side == 0 {
		r.world.side = r.browser.Open()
	}
	return r.browser.Visit(r.side, url).Document
}

// script runs a script in a document.
func (r *raid) script(document int, s browser.Script) { r.browser.Run(document, s) }
