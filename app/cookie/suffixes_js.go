package cookie

// suffixes is empty in the page: its lab has hosts below ".example" only, which is a suffix because it is not known, and the
// list would be 17 kB of every visit.
var suffixes string
