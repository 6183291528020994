// The other side of differential_test.go: npm's jose judges tokens. Reads requests from standard input, one JSON object
// a line, and answers each with one line, in order. The first argument is the folder of node_modules.
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const jose = await import(pathToFileURL(join(process.argv[2], 'jose', 'dist', 'webapi', 'index.js')).href)

/** @param {{token: string, key: string, alg?: string}} r */
async function judge({ token, key, alg }) {
  const jwk = JSON.parse(key)
  const options = alg ? { algorithms: [alg] } : {}
  const { payload } = await jose.compactVerify(token, jwk.keys ? jose.createLocalJWKSet(jwk) : jwk, options)
  return { valid: true, payload: Buffer.from(payload).toString('base64') }
}

/** Tells whether jose and this Node have an algorithm at all. */
async function has({ alg }) {
  if (alg.startsWith('HS')) return { valid: true }
  await jose.generateKeyPair(alg)
  return { valid: true }
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line)
  let answer
  try {
    answer = await (request.token === undefined ? has(request) : judge(request))
  } catch (e) {
    answer = { valid: false, why: `${e instanceof DOMException ? e.name : e.code ?? e.name}: ${e.message}` }
  }
  process.stdout.write(JSON.stringify(answer) + '\n')
}
