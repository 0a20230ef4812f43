/**
 * What Reeve is compared with, each with its defaults: nothing at all, nginx as a bare proxy, and Portkey's gateway, which
 * forwards without deciding anything.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Gateway } from './gateway.ts'
import { parseAddress } from './gateway.ts'
import { findProcesses } from './measure.ts'
import { canRun, findFreePort, readOutput, runToEnd, startProcess } from './processes.ts'

const HOST = '127.0.0.1'
const PATH = '/v1/chat/completions'

/**
 * Newer @hono/node-server (above 1.13) breaks every streamed answer of Portkey's ("TypeError: immutable", its issue 1389),
 * so a plain `npm install` would lose by failing.
 */
const PORTKEY_MANIFEST = {
  private: true,
  dependencies: { '@portkey-ai/gateway': '1.15.2' },
  overrides: { '@hono/node-server': '1.13.8', hono: '4.9.7' },
}

/** No gateway: what the upstream, the generator and the loopback cost by themselves. */
export function openDirect(upstream_url: string): Gateway {
  return {
    name: 'direct',
    address: parseAddress(upstream_url),
    entrances: [{ path: PATH, headers: { authorization: 'Bearer bench' }, model: 'bench' }],
    listProcesses: () => ({ gateway: [], database: [] }),
    stop: async () => undefined,
  }
}

/** The machine's nginx, which Debian keeps where only root's PATH looks; undefined when there is none. */
export function findNginx(): string | undefined {
  return ['nginx', '/usr/sbin/nginx'].find((command) => canRun(command, ['-v']))
}

/** Such as `nginx 1.22.1`. */
export function readNginxVersion(command: string): string {
  return readOutput(command, ['-v']).replace('nginx version: nginx/', 'nginx ')
}

/**
 * nginx needs to be told to keep connections to an upstream and to pass chunks on at once. Beyond that it has room for the
 * open streams, as many workers as the run has cores, and writes no access log, which favours it.
 */
function createNginxConfig(port: number, upstream_url: string, workers: number, folder: string): string {
  return `
worker_processes ${workers};
worker_rlimit_nofile 20000;
daemon off;
pid ${folder}/nginx.pid;
error_log stderr crit;
events { worker_connections 8192; }
http {
  access_log off;
  upstream provider { server ${upstream_url.slice('http://'.length)}; keepalive 256; keepalive_requests 1000000; }
  server {
    listen ${HOST}:${port};
    keepalive_requests 1000000;
    location / {
      proxy_pass http://provider;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
    }
  }
}
`
}

export async function startNginx(
  command: string,
  upstream_url: string,
  workers: number,
  peers_folder: string,
): Promise<Gateway> {
  const folder = join(peers_folder, 'nginx')
  mkdirSync(folder, { recursive: true })
  const port = await findFreePort()
  const config = join(folder, 'nginx.conf')
  writeFileSync(config, createNginxConfig(port, upstream_url, workers, folder))
  const nginx = startProcess(command, ['-e', 'stderr', '-p', folder, '-c', config])
  return {
    name: 'nginx',
    address: { host: HOST, port },
    entrances: [{ path: PATH, headers: { authorization: 'Bearer bench' }, model: 'bench' }],
    listProcesses: () => findProcesses(nginx.pid),
    stop: nginx.stop,
  }
}

/** Installs Portkey's gateway into the folder unless that very version and its pins are there. */
function installPortkey(folder: string): string {
  const script = join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js')
  if (!existsSync(script)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(PORTKEY_MANIFEST, null, 2)}\n`)
    runToEnd('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], folder)
  }
  return script
}

export async function startPortkey(upstream_url: string, peers_folder: string): Promise<Gateway> {
  const script = installPortkey(join(peers_folder, 'portkey-1.15.2'))
  const port = await findFreePort()
  const portkey = startProcess(process.execPath, [script, `--port=${port}`, '--headless'])
  const headers = {
    authorization: 'Bearer bench',
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `${upstream_url}/v1`,
  }
  return {
    name: 'portkey',
    address: { host: HOST, port },
    entrances: [{ path: PATH, headers, model: 'bench' }],
    listProcesses: () => findProcesses(portkey.pid),
    stop: portkey.stop,
  }
}
