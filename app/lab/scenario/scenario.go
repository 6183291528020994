// Package scenario plays logins: it takes a [Setup], which is one choice of how a login is kept, builds a world around the
// real login service, lets people and attackers act in it, and says what came of it. Nothing about a setup is known
// beforehand; all that is told of it was observed in a run.
//
// A scenario is a text, one command a line: what the world is like, what is done in it, which attack, and what is expected.
// It is the test, the example, the link that is shared and the command line's input:
//
//	setup jwt/localstorage       # a signed token, where scripts can reach it
//	login
//	call                         # GET /api/me
//	attack xss-read
//	expect obtained
//	expect until 5m
//
// [Read] reads one, [Run] plays it, a [Runner] plays it with a memory, so that going back is quick. [RunMatrix] plays every
// attack against every setup.
//
// The world has a browser with one user, alice, or an app on her phone; https://shop.example, which is [login.Service] under
// [Policy]; https://app.shop.example, another origin of the same site; https://evil.example; and, once somebody logs in by
// it, https://accounts.example with a second site, https://news.example. It begins at one time and follows from the script:
// the same script gives the same [Record], octet for octet.
package scenario
