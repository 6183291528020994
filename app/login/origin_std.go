//go:build !js

package login

import "net/http"

// protection refuses what other origins ask for (ASVS 3.5.1).
type protection = http.CrossOriginProtection
