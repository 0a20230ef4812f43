import { ChangePassword } from './change-password.tsx'
import { Factors } from './factors.tsx'
import { Providers } from './providers.tsx'
import { Sessions } from './sessions.tsx'

/** Password, second factors, and the places where one is signed in. */
export function Security() {
  return (
    <div className="flex flex-col gap-5">
      <ChangePassword />
      <Factors />
      <Providers />
      <Sessions />
    </div>
  )
}
