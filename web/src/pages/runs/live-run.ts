import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isWorking, type RunDetail, runQuery } from '../../api/runs.ts'

/**
 * A run as it goes on: while it works, its stream says that something changed, and what is shown is then read again. Where
 * the stream is not there, or between two of them, the run is read again and again instead.
 */
export function useLiveRun(org: string, id: string): RunDetail {
  const client = useQueryClient()
  const [isFollowed, setFollowed] = useState(false)
  const { data: run } = useSuspenseQuery(runQuery(org, id, isFollowed))
  const isLive = isWorking(run.state)
  useEffect(() => {
    if (!isLive) return
    const source = new EventSource(`/api/orgs/${org}/runs/${id}/events`)
    const reread = () => void client.invalidateQueries({ queryKey: runQuery(org, id).queryKey })
    source.addEventListener('open', () => setFollowed(true))
    source.addEventListener('progress', reread)
    source.addEventListener('end', reread)
    source.addEventListener('error', () => setFollowed(false))
    return () => {
      source.close()
      setFollowed(false)
    }
  }, [client, org, id, isLive])
  return run
}
