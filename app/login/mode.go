package login

// Mode is where a login lives. It is chosen at login.
type Mode string

// The modes.
const (
	// Session keeps the login at the server, under an opaque id in a cookie.
	Session Mode = "session"
	// Cookie keeps a short JWT in a cookie, and in another a refresh token that renews it.
	Cookie Mode = "cookie"
	// Token hands an access token to the client's script, with a refresh token in the body or in a cookie.
	Token Mode = "token"
)
