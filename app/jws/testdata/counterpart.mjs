// The other side of counterpart_test.go: signs, verifies and makes keys with npm's jose. Reads requests from standard
// input, one JSON object a line, and answers each with one line. The first argument is the folder of node_modules.
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const jose = await import(pathToFileURL(join(process.argv[2], 'jose', 'dist', 'webapi', 'index.js')).href)

/** @param {{alg: string, jwk?: object, pkcs8?: string, spki?: string}} r */
const keyOf = (r) =>
  r.pkcs8 ? jose.importPKCS8(r.pkcs8, r.alg) : r.spki ? jose.importSPKI(r.spki, r.alg) : jose.importJWK(r.jwk, r.alg)

const operations = {
  /** Makes a key and writes it in every form. */
  async generate({ alg }) {
    if (alg.startsWith('HS')) {
      const key = await jose.generateSecret(alg, { extractable: true })
      return { jwk: await jose.exportJWK(key) }
    }
    const { publicKey, privateKey } = await jose.generateKeyPair(alg, { extractable: true })
    return {
      jwk: await jose.exportJWK(privateKey),
      public: await jose.exportJWK(publicKey),
      pkcs8: await jose.exportPKCS8(privateKey),
      spki: await jose.exportSPKI(publicKey),
      thumbprint: await jose.calculateJwkThumbprint(await jose.exportJWK(publicKey)),
    }
  },
  async sign(r) {
    const signer = new jose.CompactSign(new TextEncoder().encode(r.payload)).setProtectedHeader({ alg: r.alg, ...r.header })
    return { token: await signer.sign(await keyOf(r)) }
  },
  async verify(r) {
    const { payload } = await jose.compactVerify(r.token, await keyOf(r), { algorithms: [r.alg] })
    return { payload: new TextDecoder().decode(payload) }
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
