package main

import (
	"bytes"
	"crypto/rand"
	"io"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"jwtlab/app/jws"
	"jwtlab/app/key"
)

// BenchmarkBatchJWS measures lines of batch jws against the bare signature method of golang-jwt over the same
// signatures, both on all cores and in the same run. The metric of-bare is what is left of the bare method's speed, the
// median of the turns that the two take:
//
//	go test ./cmd/jwtlab -run - -bench BatchJWS
//
// A batch mostly has one key; HS256-keys has one for each of its distinct tokens.
func BenchmarkBatchJWS(b *testing.B) {
	for _, alg := range []string{"HS256", "RS256", "PS256", "ES256", "EdDSA"} {
		b.Run(alg, func(b *testing.B) { benchmarkBatch(b, alg, 1) })
	}
	b.Run("HS256-keys", func(b *testing.B) { benchmarkBatch(b, "HS256", distinctTokens) })
}

const distinctTokens = 4 * cachedKeys

func benchmarkBatch(b *testing.B, alg string, keys int) {
	var all []key.Key
	for range keys {
		k, err := key.Generate(key.Spec{Alg: alg}, rand.Reader)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, k)
	}
	var lines [][]byte
	var bare []func() error
	for i := range distinctTokens {
		k := all[i%keys]
		payload := `{"iss":"https://issuer.example","sub":"user-` + strconv.Itoa(i) + `","aud":"api","iat":1735689600,"exp":2735689600}`
		signed, err := jws.Sign(alg, []byte(`{"alg":"`+alg+`","typ":"JWT"}`), []byte(payload), k, rand.Reader)
		if err != nil {
			b.Fatal(err)
		}
		if public, ok := k.PublicKey(); ok {
			k = public
		}
		line := `{"id":` + strconv.Itoa(i) + `,"input":"` + signed + `","alg":"` + alg + `","key":` + k.JWK() + "}\n"
		lines = append(lines, []byte(line))
		bare = append(bare, bareVerify(b, alg, signed, k))
	}
	defer roomForGarbage()()
	b.ReportAllocs()
	b.ResetTimer()
	var ratios []float64
	for left := b.N; left > 0; { // in turns, so that whatever else the machine does meets both
		n := min(left, b.N/32+1)
		left -= n
		b.StopTimer()
		bareTime, before := timeBare(b, bare, n), b.Elapsed()
		b.StartTimer()
		if err := runLines(&repeated{lines: lines, left: n}, io.Discard, batch{answerJWS, runtime.GOMAXPROCS(0)}); err != nil {
			b.Fatal(err)
		}
		ratios = append(ratios, float64(bareTime)/float64(b.Elapsed()-before))
	}
	b.StopTimer()
	slices.Sort(ratios)
	b.ReportMetric(ratios[len(ratios)/2], "of-bare")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}

// bareVerify is the least that verifying costs.
func bareVerify(b *testing.B, alg, signed string, k key.Key) func() error {
	method := jwt.GetSigningMethod(alg)
	dot := bytes.LastIndexByte([]byte(signed), '.')
	signature, err := jwt.NewParser().DecodeSegment(signed[dot+1:])
	if err != nil {
		b.Fatal(err)
	}
	var material any = k.Public
	if k.Public == nil {
		material = k.Secret
	}
	return func() error { return method.Verify(signed[:dot], signature, material) }
}

// timeBare verifies n signatures on all cores, which take them in pieces as those of the batch do.
func timeBare(b *testing.B, bare []func() error, n int) time.Duration {
	var wait sync.WaitGroup
	var next atomic.Int64
	start := time.Now()
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for from := int(next.Add(distinctTokens)) - distinctTokens; from < n; from = int(next.Add(distinctTokens)) - distinctTokens {
				for i := from; i < min(n, from+distinctTokens); i++ {
					if err := bare[i%len(bare)](); err != nil {
						b.Error(err)
						return
					}
				}
			}
		})
	}
	wait.Wait()
	return time.Since(start)
}

// repeated reads as lines over and over.
type repeated struct {
	lines [][]byte
	rest  []byte
	left  int
}

func (r *repeated) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if len(r.rest) == 0 {
			if r.left == 0 {
				return n, io.EOF
			}
			r.left--
			r.rest = r.lines[r.left%len(r.lines)]
		}
		done := copy(p[n:], r.rest)
		r.rest = r.rest[done:]
		n += done
	}
	return n, nil
}
