import { defineProblem } from '../kernel/problem.ts'

export const keyNotFound = defineProblem('key_not_found', 404, 'There is no such key')
export const keyExists = defineProblem('key_exists', 409, 'A key of this name exists already')
export const keyVersionRefused = defineProblem('key_version_refused', 409, 'This version of the key is not in use')
export const keyDeletionRefused = defineProblem('key_deletion_refused', 409, 'Deletion is not allowed for this key')
export const ciphertextRefused = defineProblem(
  'ciphertext_refused',
  500,
  'Encrypted content does not belong here or was altered',
)
export const keyringLocked = defineProblem('keyring_locked', 503, 'The keyring cannot be opened')
export const keyProviderUnavailable = defineProblem(
  'key_provider_unavailable',
  503,
  'The keys cannot be reached at the moment',
)
