//go:build !js

package locale

import "embed"

//go:embed en/*.txt ko/*.txt
var files embed.FS
