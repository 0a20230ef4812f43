import { Card } from './page.tsx'
import { type Failure, PartError } from './states.tsx'

/** A card whose contents could not be read: says so in its place, and reads them again on demand. */
export function FailedCard(props: { readonly failure: Failure; readonly what: string; readonly title?: string }) {
  const { title, failure, what } = props
  return (
    <Card {...(title !== undefined && { title })}>
      <PartError failure={failure} what={what} />
    </Card>
  )
}
