package scenario

// A verb is what a line can begin with, and what it does.
type verb struct {
	kind, usage string
	least, most int // arguments
	check       func([]string) *LineError
	do          func(w *world, args []string) error // of a move
}

// order are the verbs as help shows them; verbs has what they do. It is filled in by init, for a script that waits looks
// verbs up itself.
var (
	order = []string{
		"setup", "lifetime", "seed", "replicas", "client", "page", "trust", "profile", "third-party",
		"visit", "login", "call", "retry", "transfer", "account", "form", "admin", "link", "refresh", "logout", "logout-everywhere", "sso", "sso-logout",
		"reload", "new-tab", "close", "restore", "change-network", "wait", "restart", "pin", "role", "force-out", "attack", "expect",
	}
	verbs map[string]verb
)

func init() {
	verbs = map[string]verb{
		"setup":             {"setting", "setup CREDENTIAL/STORAGE[+DEFENCE…]", 1, 1, checkSetup, nil},
		"lifetime":          {"setting", "lifetime access|idle|session|refresh DURATION", 2, 2, checkLifetime, nil},
		"seed":              {"setting", "seed NUMBER", 1, 1, checkNumber(0, 1<<31), nil},
		"replicas":          {"setting", "replicas NUMBER [shared|own]", 1, 2, checkReplicas, (*world).doReplicas},
		"client":            {"setting", "client browser|app|app-jar", 1, 1, one("client", "browser", "app", "app-jar"), nil},
		"page":              {"setting", "page ORIGIN", 1, 1, one("page", shop, sibling), nil},
		"trust":             {"setting", "trust ORIGIN", 1, 1, checkOrigin, nil},
		"profile":           {"setting", "profile chromium|firefox|safari", 1, 1, one("profile", "chromium", "firefox", "safari"), nil},
		"third-party":       {"setting", "third-party allow|block", 1, 1, one("third-party", "allow", "block"), nil},
		"visit":             {"move", "visit [ADDRESS]", 0, 1, nil, (*world).doVisit},
		"login":             {"move", "login [alice|admin|mallory]", 0, 1, one("user", "alice", "admin", "mallory"), (*world).doLogin},
		"call":              {"move", "call", 0, 0, nil, (*world).doCall},
		"retry":             {"move", "retry", 0, 0, nil, (*world).doRetry},
		"transfer":          {"move", "transfer TO AMOUNT", 2, 2, nil, (*world).doTransfer},
		"account":           {"move", "account", 0, 0, nil, (*world).doAccount},
		"form":              {"move", "form TO AMOUNT", 2, 2, nil, (*world).doForm},
		"admin":             {"move", "admin", 0, 0, nil, (*world).doAdmin},
		"link":              {"move", "link", 0, 0, nil, (*world).doLink},
		"refresh":           {"move", "refresh", 0, 0, nil, (*world).doRefresh},
		"logout":            {"move", "logout", 0, 0, nil, (*world).doLogout},
		"logout-everywhere": {"move", "logout-everywhere", 0, 0, nil, (*world).doEverywhere},
		"sso":               {"move", "sso [shop|news]", 0, 1, one("site", "shop", "news"), (*world).doSSO},
		"sso-logout":        {"move", "sso-logout [shop|news|accounts]", 0, 1, one("site", "shop", "news", "accounts"), (*world).doSSOLogout},
		"reload":            {"move", "reload", 0, 0, nil, (*world).doReload},
		"new-tab":           {"move", "new-tab", 0, 0, nil, (*world).doNewTab},
		"close":             {"move", "close", 0, 0, nil, (*world).doClose},
		"restore":           {"move", "restore", 0, 0, nil, (*world).doRestore},
		"change-network":    {"move", "change-network [home|office|cafe]", 0, 1, one("network", "home", "office", "cafe"), (*world).doNetwork},
		"wait":              {"move", "wait DURATION|expiry", 1, 1, checkWait, (*world).doWait},
		"restart":           {"move", "restart", 0, 0, nil, (*world).doRestart},
		"pin":               {"move", "pin NUMBER", 1, 1, checkNumber(0, maxReplicas), (*world).doPin},
		"role":              {"move", "role USER ROLE|none", 2, 2, nil, (*world).doRole},
		"force-out":         {"move", "force-out [USER]", 0, 1, nil, (*world).doForceOut},
		"attack":            {"attack", "attack NAME", 1, 1, checkAttack, nil},
		"expect":            {"expect", "expect [not] FACT [VALUE]", 1, 4, checkExpect, nil},
	}
}
