import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { Words } from './parts.ts'

/** The words that contracts are written with. */
export const wordsQuery = queryOptions({
  queryKey: ['app-words'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async (): Promise<Words> => {
    const words = await answerOf(api.GET('/schemas/app-words'))
    return { ...words, categories: words.categories.map(({ category }) => category) }
  },
})
