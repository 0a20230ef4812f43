import './styles.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { takeUntoldActs } from './api/acts.ts'
import { curlsOf } from './api/curl.ts'
import { queryClient } from './api/query-client.ts'
import { FormatContext, useReadersFormat } from './components/format.ts'
import { startTexts } from './i18n.ts'
import { router } from './routes.tsx'
import { readStored, watchPreferences } from './session/preferences.ts'
import { offerCommands } from './ui/toast.tsx'

watchPreferences()
offerCommands(() => curlsOf(takeUntoldActs(), location.origin))
await startTexts(readStored('language') ?? navigator.language)
const place = document.querySelector('#root')
if (place === null) throw new Error('The page has no place for the portal')

function Portal() {
  return (
    <FormatContext value={useReadersFormat()}>
      <RouterProvider router={router} />
    </FormatContext>
  )
}

createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Portal />
    </QueryClientProvider>
  </StrictMode>,
)
