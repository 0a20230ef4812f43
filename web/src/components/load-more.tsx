import { useTranslation } from 'react-i18next'
import type { List } from '../api/list.ts'
import { Button, type ButtonProps } from '../ui/button.tsx'
import { PartError } from './states.tsx'

type LoadMoreProps = Pick<ButtonProps, 'variant' | 'size' | 'className'> & {
  readonly list: Pick<List<unknown>, 'hasMore' | 'moreError' | 'isLoadingMore' | 'loadMore'>
  /** Where "Load more" does not say enough. */
  readonly label?: string
}

/** Reads on in a list, as long as there is more. A page that could not be read is told of, and read again on demand. */
export function LoadMore({ list, label, ...look }: LoadMoreProps) {
  const { t } = useTranslation('words')
  const { moreError: error, isLoadingMore: isBusy, loadMore } = list
  if (error !== null)
    return <PartError failure={{ error, onRetry: loadMore }} what={t('furtherRows')} isBusy={isBusy} />
  if (!list.hasMore) return null
  return (
    <Button {...look} isBusy={isBusy} onClick={loadMore}>
      {label ?? t('loadMore')}
    </Button>
  )
}
