package key

// Proofs returns how many keys of slow kinds were proved while a text was read.
func Proofs(text string, as Encoding) int {
	r := &reading{work: work{primes: maxEffort, proofs: maxProofs}}
	r.read(text, as)
	return maxProofs - max(r.work.proofs, 0)
}
