package locale

import "embed"

// The page never speaks as the command line does, and is spared its words.
//
//go:embed en/claims.txt en/dpop.txt en/jwe.txt en/jws.txt en/key.txt en/lint.txt en/sdjwt.txt en/site.txt en/token.txt en/ui.txt en/verdict.txt
//go:embed ko/claims.txt ko/dpop.txt ko/jwe.txt ko/jws.txt ko/key.txt ko/lint.txt ko/sdjwt.txt ko/site.txt ko/token.txt ko/ui.txt ko/verdict.txt
var files embed.FS
