// The built portal: files that never change under their name are kept by browsers, the page itself is asked for anew each
// time. It runs no inline script and no foreign code, and nothing may frame it.

import { existsSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Where the server itself answers: an address below these is never a page of the portal. */
const SERVER_PATHS = /^\/(?:api|v1|scim|problems|openapi\.json|healthz|readyz|metrics)(?:\/|$)/

const HASHED = 'assets/'
const YEAR_S = 31_536_000

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

const isForServer = (path: string): boolean => SERVER_PATHS.test(path)

const pathOf = (request: FastifyRequest): string => request.url.split(/[?#]/)[0] ?? ''

/** The names of all files below a folder, with forward slashes. */
function listFiles(directory: string): ReadonlySet<string> {
  const entries = readdirSync(directory, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
  return new Set(files.map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/')))
}

/**
 * Serves the portal from the folder it was built into, every page of it at any address that is not the server's own. Where
 * nothing was built nothing is served, and every other answer stays as it is.
 */
export function servePortal(app: FastifyInstance, directory: string): void {
  if (!existsSync(join(directory, 'index.html'))) return
  const files = listFiles(directory)
  app.register(fastifyStatic, { root: directory, serve: false, preCompressed: true, cacheControl: false, etag: true })
  const send = (reply: FastifyReply, file: string) => {
    reply.headers(HEADERS)
    reply.header('cache-control', file.startsWith(HASHED) ? `public, max-age=${YEAR_S}, immutable` : 'no-cache')
    return reply.sendFile(file)
  }
  app.get('/*', (request, reply) => {
    const path = pathOf(request)
    if (isForServer(path)) return reply.callNotFound()
    const file = path.slice(1)
    if (files.has(file)) return send(reply, file)
    const isPage = (request.headers.accept ?? '').includes('text/html') && !file.startsWith(HASHED)
    return isPage ? send(reply, 'index.html') : reply.callNotFound()
  })
}
