// An identity provider that a test makes answer whatever it likes: forged tokens, wrong keys, endless answers. It signs by the
// book unless told otherwise.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { CompactSign, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT, type JWTPayload } from 'jose'

export type Header = Record<string, unknown> & { readonly alg: string; readonly kid?: string }

export type HostileProvider = {
  readonly issuer: string
  readonly client_id: string
  readonly client_secret: string
  /** What the next code is answered with. */
  readonly setAnswer: (answer: (response: ServerResponse) => void) => void
  /** A good answer to a code: this token, and account information about this subject. */
  readonly answerToken: (id_token: unknown, more?: object) => void
  readonly setUserInfo: (info: object) => void
  /** What the provider says of itself besides the truth. */
  readonly setMetadata: (more: object) => void
  readonly setKeys: (keys: readonly object[]) => void
  /** Signs with the published key, or with another one. */
  readonly sign: (claims: JWTPayload, header?: Partial<Header>, with_other_key?: boolean) => Promise<string>
  /** Signs with a secret, as if it were the key. */
  readonly signWithSecret: (claims: object, secret: Uint8Array, kid?: string) => Promise<string>
  readonly publicKeyText: string
  readonly publicJwk: JWK
  readonly close: () => Promise<void>
}

const json = (response: ServerResponse, body: unknown, status = 200) => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

/** Starts the provider on a free port. */
export async function startHostileProvider(): Promise<HostileProvider> {
  const [own, other] = await Promise.all([
    generateKeyPair('RS256', { extractable: true }),
    generateKeyPair('RS256', { extractable: true }),
  ])
  const publicJwk: JWK = { ...(await exportJWK(own.publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' }
  const state = {
    answer: (response: ServerResponse): void => json(response, { error: 'invalid_grant' }, 400),
    info: {} as object,
    metadata: {} as object,
    keys: [publicJwk] as readonly object[],
  }
  const server = createServer((request, response) => serve(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The provider does not listen')
  const issuer = `http://127.0.0.1:${address.port}`
  function serve(request: IncomingMessage, response: ServerResponse): void {
    request.resume()
    switch (request.url) {
      case '/.well-known/openid-configuration':
        return json(response, {
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          userinfo_endpoint: `${issuer}/userinfo`,
          authorization_response_iss_parameter_supported: true,
          ...state.metadata,
        })
      case '/jwks':
        return json(response, { keys: state.keys })
      case '/userinfo':
        return json(response, state.info)
      case '/token':
        return state.answer(response)
      default:
        return json(response, {}, 404)
    }
  }
  return {
    issuer,
    client_id: 'reeve',
    client_secret: 'the-secret-of-a-hostile-provider',
    setAnswer: (answer) => void (state.answer = answer),
    answerToken: (id_token, more = {}) =>
      void (state.answer = (response) =>
        json(response, { access_token: 'access', token_type: 'Bearer', expires_in: 60, id_token, ...more })),
    setUserInfo: (info) => void (state.info = info),
    setMetadata: (more) => void (state.metadata = more),
    setKeys: (keys) => void (state.keys = keys),
    sign: (claims, header = {}, with_other_key = false) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'key-1', ...header })
        .sign(with_other_key ? other.privateKey : own.privateKey, { crit: { 'x-unknown': true } }),
    signWithSecret: (claims, secret, kid = 'key-1') =>
      new CompactSign(Buffer.from(JSON.stringify(claims))).setProtectedHeader({ alg: 'HS256', kid }).sign(secret),
    publicKeyText: await exportSPKI(own.publicKey),
    publicJwk,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
