import { useLocation } from '@tanstack/react-router'

/** The secret of a link in a mail. It stands behind the `#`, so that no server and no proxy ever sees it. */
export const useLinkToken = (): string => useLocation({ select: ({ hash }) => hash })

const KEPT = 'invitation'

/** The token of an invitation, kept in this tab while somebody signs in first; null when there is none. */
export function keepInvitation(token: string): string | null {
  if (token !== '') sessionStorage.setItem(KEPT, token)
  return sessionStorage.getItem(KEPT)
}

export const forgetInvitation = (): void => sessionStorage.removeItem(KEPT)
