// A real identity provider on loopback: npm's certified `oidc-provider`, with people in it who are signed in by a word of the
// test instead of a form, and keys that the test can rotate.

import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { type Configuration, Provider } from 'oidc-provider'

export type ProviderAccount = {
  readonly sub: string
  readonly email: string
  readonly email_verified?: boolean
  readonly name?: string
  readonly groups?: readonly string[]
  readonly amr?: readonly string[]
}

export type IdentityProvider = {
  readonly issuer: string
  readonly client_id: string
  readonly client_secret: string
  /** Who signs in next, or anew: what is said of them is what the next token says. */
  readonly put: (account: ProviderAccount) => void
  /** Registers where Reeve is reached. */
  readonly register: (uris: { readonly redirect_uri: string; readonly back_channel_logout_uri: string }) => void
  /** A new signing key; tokens are signed with it from now on, and the old one is published no more. */
  readonly rotateKeys: () => Promise<void>
  /** Goes to an authorization URL as a browser in which this account signs in, and comes back with the query. */
  readonly visit: (authorization_url: string, sub: string) => Promise<string>
  /** Ends the provider's session that `visit` began for this account; the provider tells Reeve by back channel. */
  readonly logOut: (sub: string) => Promise<void>
  readonly close: () => Promise<void>
}

async function newKey(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' }
}

type Handler = ReturnType<Provider['callback']>

/** Starts the provider on a free port. */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  const accounts = new Map<string, ProviderAccount>()
  const jars = new Map<string, Map<string, string>>()
  const client_id = 'reeve'
  const client_secret = 'a-client-secret-of-the-test-provider'
  const state = {
    handler: null as Handler | null,
    uris: [] as string[],
    logout: '',
    keys: [await newKey('first')],
    next: 1,
  }
  const server = createServer((request, response) => void state.handler?.(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The provider does not listen')
  const issuer = `http://127.0.0.1:${address.port}`
  const start = () => {
    state.handler = createProvider(issuer, accounts, { ...state, client_id, client_secret })
  }
  start()
  return {
    issuer,
    client_id,
    client_secret,
    put: (account) => void accounts.set(account.sub, account),
    register({ redirect_uri, back_channel_logout_uri }) {
      state.uris = [...state.uris, redirect_uri]
      state.logout = back_channel_logout_uri
      start()
    },
    async rotateKeys() {
      state.keys = [await newKey(`key-${(state.next += 1)}`)]
      jars.clear()
      start()
    },
    async visit(authorization_url, sub) {
      const jar = jars.get(sub) ?? new Map<string, string>()
      jars.set(sub, jar)
      return browse(authorization_url, jar, issuer, sub)
    },
    async logOut(sub) {
      const jar = jars.get(sub) ?? new Map<string, string>()
      const page = await hop(`${issuer}/session/end`, jar, sub)
      const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
      const body = new URLSearchParams({ xsrf, logout: 'yes' })
      await hop(`${issuer}/session/end/confirm`, jar, sub, body)
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

type Setup = {
  readonly uris: readonly string[]
  readonly logout: string
  readonly keys: readonly JWK[]
  readonly client_id: string
  readonly client_secret: string
}

function createProvider(issuer: string, accounts: ReadonlyMap<string, ProviderAccount>, setup: Setup): Handler {
  const configuration: Configuration = {
    clients: [
      {
        client_id: setup.client_id,
        client_secret: setup.client_secret,
        redirect_uris: setup.uris.length > 0 ? [...setup.uris] : ['http://127.0.0.1/none'],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
        ...(setup.logout !== '' && {
          backchannel_logout_uri: setup.logout,
          backchannel_logout_session_required: true,
        }),
      },
    ],
    jwks: { keys: setup.keys.map((key) => ({ ...key })) },
    scopes: ['openid', 'email', 'profile', 'groups'],
    claims: {
      openid: ['sub', 'amr', 'auth_time'],
      email: ['email', 'email_verified'],
      profile: ['name'],
      groups: ['groups'],
      sid: null,
    },
    conformIdTokenClaims: false,
    // The provider would not call an address of this machine; Reeve's is one here.
    fetch(url, guarded) {
      const { dispatcher: _, ...options } = guarded ?? {}
      return fetch(url, options)
    },
    cookies: { keys: ['test'], long: { signed: false }, short: { signed: false } },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    interactions: { url: (_context, interaction) => `/enter/${interaction.uid}` },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims() {
        const account = accounts.get(sub)
        return {
          ...account,
          email_verified: account?.email_verified ?? true,
          groups: [...(account?.groups ?? [])],
          amr: [...(account?.amr ?? [])],
          sub,
        }
      },
    }),
    async loadExistingGrant(context) {
      const { client, session } = context.oidc
      const grant = new context.oidc.provider.Grant({
        accountId: session?.accountId ?? '',
        clientId: client?.clientId ?? '',
      })
      grant.addOIDCScope('openid email profile groups')
      await grant.save()
      return grant
    },
  }
  const provider = new Provider(issuer, configuration)
  const callback = provider.callback()
  return async (request, response) => {
    if (request.url?.startsWith('/enter/') !== true) return callback(request, response)
    const sub = String(request.headers['x-test-account'])
    const amr = [...(accounts.get(sub)?.amr ?? [])]
    return provider.interactionFinished(request, response, { login: { accountId: sub, amr } })
  }
}

/** One request of a browser that keeps cookies. */
async function hop(url: string, jar: Map<string, string>, sub: string, body?: URLSearchParams) {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    redirect: 'manual',
    headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), 'x-test-account': sub },
    ...(body !== undefined && { body }),
  })
  for (const cookie of response.headers.getSetCookie()) {
    const [pair = ''] = cookie.split(';')
    const at = pair.indexOf('=')
    const value = pair.slice(at + 1)
    if (value === '') jar.delete(pair.slice(0, at))
    else jar.set(pair.slice(0, at), value)
  }
  return { location: response.headers.get('location'), text: await response.text(), status: response.status }
}

/** Follows redirects until they lead away from the provider; the query of that address is what Reeve is told. */
async function browse(start: string, jar: Map<string, string>, issuer: string, sub: string): Promise<string> {
  let url = start
  for (let hops = 0; hops < 10; hops += 1) {
    const { location, text, status } = await hop(url, jar, sub)
    if (location === null) throw new Error(`The provider showed a page: ${status} ${text.slice(0, 500)}`)
    const next = new URL(location, url)
    if (next.origin !== issuer) return next.search.slice(1)
    url = next.href
  }
  throw new Error('The provider redirects for ever')
}
