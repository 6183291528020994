package locale

// given are the texts that the page was handed.
var given = map[Lang]string{}

func source(l Lang) string { return given[l] }

// Give hands over the texts of a language, as [Words] writes them, before the first of them is asked for; with more of them
// it is called again, with all. The program for the browser has none of its own: each visitor would load all languages and
// all pages to read one.
func Give(l Lang, words string) {
	given[l] = words
	*of(l) = catalogue{} // to be read anew
}
