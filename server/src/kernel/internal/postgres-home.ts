// The directory an embedded PostgreSQL lives in, and the account it runs as. PostgreSQL refuses to run as root, so under
// root everything in the home belongs to another existing user.

import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, constants, existsSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The user to run as; absent from a `Home` when it is simply the user this process runs as. */
export type Account = { readonly uid: number; readonly gid: number }

export type Home = {
  readonly directory: string
  readonly account: Account | undefined
  /** The cluster as this process names it; `cluster_marker` and the process id file are found through it. */
  readonly cluster: string
}

/**
 * Makes `data_directory` ready to hold a cluster: it exists with mode 0700 and belongs to the account PostgreSQL will
 * run as. As root that is the directory's owner if it has another owner than root already, else `postgres`, else
 * `nobody`. Throws one sentence when the directory cannot be used; never takes over a directory that holds other things.
 */
export function prepareHome(data_directory: string): Home {
  const directory = resolve(data_directory)
  const own_uid = process.getuid?.()
  if (own_uid === undefined) {
    throw new Error(`Reeve brings no PostgreSQL for ${process.platform}; set DATABASE_URL to use a server of your own`)
  }
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new Error(`The directory "${directory}" cannot be made for PostgreSQL (${reasonOf(error)})`, { cause: error })
  }
  const found = statSync(directory)
  if (own_uid !== 0 && found.uid !== own_uid) {
    throw new Error(
      `The directory "${directory}" belongs to user ${found.uid}; start Reeve as that user or name another directory`,
    )
  }
  const account = own_uid === 0 ? chooseAccount(directory, found) : undefined
  if (account !== undefined) chownSync(directory, account.uid, account.gid)
  chmodSync(directory, 0o700)
  return { directory, account, cluster: join(directory, 'cluster') }
}

function chooseAccount(directory: string, found: { uid: number; gid: number }): Account {
  if (found.uid !== 0) return { uid: found.uid, gid: found.gid }
  if (readdirSync(directory).length > 0) {
    throw new Error(`The directory "${directory}" holds other files; PostgreSQL needs a directory of its own`)
  }
  const account = lookUpAccount('postgres') ?? lookUpAccount('nobody')
  if (account !== undefined) return account
  throw new Error(
    'PostgreSQL does not run as root and this machine has neither a user "postgres" nor "nobody"; ' +
      'start Reeve as another user or set DATABASE_URL',
  )
}

function lookUpAccount(name: string): Account | undefined {
  const ask = (flag: string): number =>
    Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) | 0
  try {
    const account = { uid: ask('-u'), gid: ask('-g') }
    return account.uid === 0 ? undefined : account
  } catch {
    return undefined
  }
}

/** How a child that runs as the home's account is to be spawned, and how it names files in the home. */
export type Entrance = {
  readonly path: (name: string) => string
  /** What to add to the child's stdio, from file descriptor 3 on. Close it after spawning. */
  readonly descriptors: readonly number[]
}

/**
 * Lets the home's account reach the home even if it may not pass through the directories above it (a checkout under
 * /root): on Linux as root the child inherits the opened directory and names its files through `/proc/self/fd/3`, which
 * asks no parent for permission. The data thus stays where the operator said, and no parent's permissions change.
 * Elsewhere names are plain paths.
 */
export function openEntrance(home: Home): Entrance {
  const inherits = home.account !== undefined && process.platform === 'linux' && existsSync('/proc/self/fd')
  if (!inherits) return { path: (name) => join(home.directory, name), descriptors: [] }
  const descriptor = openSync(home.directory, constants.O_RDONLY | constants.O_DIRECTORY)
  return { path: (name) => `/proc/self/fd/3/${name}`, descriptors: [descriptor] }
}

/** The short reason of a failed system call, such as "EACCES: permission denied", without its path. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split(',')[0] ?? error.message) : String(error)
}
