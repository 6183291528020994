//go:build js

package login

type protection = lightProtection
