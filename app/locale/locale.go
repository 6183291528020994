// Package locale has every word that a person reads, in English and in Korean.
//
// All other packages speak in codes and arguments; here each of them has one text in each language, so that the page,
// the command line and the server say the same thing. The texts are the files en/*.txt and ko/*.txt, one for each
// topic, in lines of the form
//
//	id = text
//
// A line that starts with # is a comment, and one that starts with a blank goes on with the text above. In a text
//
//	{0}                    is the first argument as it is
//	{0:number}             the same with its thousands grouped
//	{0:duration}           a count of seconds in words
//	{0:time}               a NumericDate as a date and time in UTC; the text itself says UTC where that is unclear
//	{0|minute|minutes}     picks a word: the first if the argument is 1, else the second
//	{0~은|는}              picks a Korean particle by the argument's last sound, and writes the particle only
//	{{                     is a brace
//
// Nothing here fails: an unknown id is shown as ⟨id⟩, an argument that is missing as "…", and one that is not what its
// placeholder asks for as it stands. The tests hunt for all three.
//
// Start with [Text].
package locale

import (
	"maps"
	"slices"
	"strings"
)

// Lang is a language, named as in BCP 47. The zero value is read as English.
type Lang string

// The languages. They are equals: the tests hold that each has all ids.
const (
	EN Lang = "en"
	KO Lang = "ko"
)

// Langs returns the languages, English first.
func Langs() []Lang { return []Lang{EN, KO} }

// Accepted is the first of our languages that an Accept-Language field asks for (RFC 9110 §12.5.4); English if it asks for none.
// Weights are left aside: clients send their languages in order.
func Accepted(field string) Lang {
	for want := range strings.SplitSeq(field, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(want), ";")
		primary, _, _ := strings.Cut(tag, "-")
		for _, l := range Langs() {
			if strings.EqualFold(primary, string(l)) {
				return l
			}
		}
	}
	return EN
}

// Text returns the text of the id, its placeholders filled with args.
func Text(l Lang, id string, args ...string) string {
	text, ok := texts(l)[id]
	if !ok {
		return "⟨" + id + "⟩"
	}
	return expand(l, text, args)
}

// Has reports whether the language has a text of the id.
func Has(l Lang, id string) bool {
	_, ok := texts(l)[id]
	return ok
}

// IDs returns the ids of all texts, sorted.
func IDs(l Lang) []string {
	return slices.Sorted(maps.Keys(texts(l)))
}
