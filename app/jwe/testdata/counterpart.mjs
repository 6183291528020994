// The other side of counterpart_test.go: encrypts and decrypts with npm's jose. Reads requests from standard input, one
// JSON object a line, and answers each with one line. The first argument is the folder of node_modules.
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const jose = await import(pathToFileURL(join(process.argv[2], 'jose', 'dist', 'webapi', 'index.js')).href)

const text = new TextEncoder()

/** @param {{alg: string, jwk: object}} r */
const keyOf = (r) => jose.importJWK(r.jwk, r.alg)

const operations = {
  /** Encrypts, compact or in JSON for one recipient with additional data. */
  async encrypt(r) {
    const header = { alg: r.alg, enc: r.enc, ...(r.zip && { zip: 'DEF' }) }
    if (r.json) {
      const sealer = new jose.FlattenedEncrypt(text.encode(r.content)).setProtectedHeader(header)
      sealer.setAdditionalAuthenticatedData(text.encode('aad'))
      return { token: JSON.stringify(await sealer.encrypt(await keyOf(r))) }
    }
    const sealer = new jose.CompactEncrypt(text.encode(r.content)).setProtectedHeader(header)
    return { token: await sealer.encrypt(await keyOf(r)) }
  },
  async decrypt(r) {
    const options = { keyManagementAlgorithms: [r.alg], contentEncryptionAlgorithms: [r.enc] }
    const { plaintext } = await jose.compactDecrypt(r.token, await keyOf(r), options)
    return { content: new TextDecoder().decode(plaintext) }
  },
  async flattened(r) {
    const options = { keyManagementAlgorithms: [r.alg] }
    const { plaintext } = await jose.flattenedDecrypt(JSON.parse(r.token), await keyOf(r), options)
    return { content: new TextDecoder().decode(plaintext) }
  },
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer
  try {
    const request = JSON.parse(line)
    answer = await operations[request.op](request)
  } catch (e) {
    answer = { error: String(e) }
  }
  process.stdout.write(JSON.stringify(answer) + '\n')
}
