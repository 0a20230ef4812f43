// What happens to the session while a page is open. A session that ends keeps the page and its forms; a dialog asks to
// sign in again. An access that changes is read again, so that the page shows what is allowed now.

type Listener = () => void

function createSignal() {
  const listeners = new Set<Listener>()
  return {
    report: () => {
      for (const listener of listeners) listener()
    },
    subscribe: (listener: Listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

const sessionEnd = createSignal()
const sessionReturn = createSignal()
const accessChange = createSignal()

export const reportSessionEnd = sessionEnd.report
export const onSessionEnd = sessionEnd.subscribe
export const reportSessionReturn = sessionReturn.report
export const onSessionReturn = sessionReturn.subscribe
export const reportAccessChange = accessChange.report
export const onAccessChange = accessChange.subscribe
