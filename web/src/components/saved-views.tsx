import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Bookmark, ChevronDown, Link2, Pencil, Pin, PinOff, Save, Trash2, Undo2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../api/problem.ts'
import {
  changeView,
  createView,
  pinView,
  removeView,
  type SavedView,
  savedViewsQuery,
  searchOf,
  unpinView,
  type ViewScreen,
  viewsKey,
} from '../api/saved-views.ts'
import { useAccess, useOrg } from '../session/facts.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Menu, type MenuGroup, type MenuItem } from '../ui/menu.tsx'
import { SelectField } from '../ui/select.tsx'
import { toastDone, toastNoted, toastProblem } from '../ui/toast.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { FormDialog } from './form-dialog.tsx'
import { useForm } from './form.tsx'

type Search = Readonly<Record<string, string>>

const filtersOf = (values: Readonly<Partial<Record<string, string>>>, names: readonly string[]): Search =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = values[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )

const isSame = (one: Search, other: Search): boolean =>
  Object.keys({ ...one, ...other }).every((name) => one[name] === other[name])

type Asked = { readonly kind: 'create' | 'rename' | 'remove'; readonly view: SavedView | null }

/**
 * The views of a list: chosen, they set its filters. Changed filters leave the view without losing it, so that it can be
 * updated. `view` in the address alone is the link to one.
 */
export function SavedViews(props: {
  readonly screen: ViewScreen
  /** Of the whole screen, with `view` among its names. */
  readonly url: {
    readonly values: Readonly<Partial<Record<string, string>>>
    readonly set: (patch: Partial<Record<string, string | undefined>>) => void
  }
  /** The parts of the address that a view keeps. */
  readonly names: readonly string[]
}) {
  const { screen, url, names } = props
  const { t } = useTranslation('views')
  const org = useOrg()
  const { data } = useQuery(savedViewsQuery(org, screen))
  const [asked, setAsked] = useState<Asked | null>(null)
  const filters = filtersOf(url.values, names)
  const views = data?.items ?? []
  const target = views.find(({ id }) => id === url.values['view']) ?? null
  const isChosen = target !== null && isSame(searchOf(target), filters)
  const acts = useViewActs()
  const choose = (view: SavedView | null) => {
    const patch: Partial<Record<string, string | undefined>> = { view: view?.id }
    for (const name of names) patch[name] = view === null ? undefined : searchOf(view)[name]
    url.set(patch)
  }
  useLinkedView(target, filters, choose)
  const groups = useGroups({
    views,
    target,
    isChosen,
    choose,
    ask: setAsked,
    update: () => acts.update(target, filters),
    pin: acts.pin,
  })
  return (
    <>
      <Menu
        align="start"
        trigger={
          <Button>
            <Bookmark size={15} aria-hidden />
            <span className="max-w-48 truncate">{target === null ? t('title') : target.name}</span>
            {target !== null && !isChosen && <Badge tone="warn">{t('edited')}</Badge>}
            <ChevronDown size={14} aria-hidden />
          </Button>
        }
        groups={groups}
      />
      {asked !== null && asked.kind !== 'remove' && (
        <ViewForm
          screen={screen}
          view={asked.view}
          filters={filters}
          onClose={() => setAsked(null)}
          onDone={(view) => {
            if (asked.kind === 'create') choose(view)
          }}
        />
      )}
      <ConfirmDialog
        isOpen={asked?.kind === 'remove'}
        onClose={() => setAsked(null)}
        title={t('removeTitle', { name: asked?.view?.name ?? '' })}
        confirmLabel={t('remove')}
        onConfirm={async () => {
          await acts.remove(asked?.view ?? null)
          url.set({ view: undefined })
        }}
      >
        {t('removeText')}
      </ConfirmDialog>
    </>
  )
}

/** A link names the view alone: its filters follow once, when it is known. */
function useLinkedView(target: SavedView | null, filters: Search, choose: (view: SavedView) => void): void {
  const followed = useRef<string | null>(null)
  const isBare = Object.keys(filters).length === 0
  useEffect(() => {
    if (target === null || followed.current === target.id) return
    followed.current = target.id
    if (isBare && Object.keys(searchOf(target)).length > 0) choose(target)
  })
}

function useViewActs() {
  const { t } = useTranslation('views')
  const org = useOrg()
  const client = useQueryClient()
  const reread = () => client.invalidateQueries({ queryKey: viewsKey(org) })
  return {
    pin: ({ id, name, is_pinned }: SavedView): void => {
      const put = (isPinned: boolean) => (isPinned ? pinView : unpinView)(org, id).then(reread)
      const tell = (error: unknown) => toastProblem(t('notPinned'), toProblem(error).title)
      const undo = { label: t('undo'), run: () => void put(is_pinned).catch(tell) }
      put(!is_pinned).then(() => toastDone(t(is_pinned ? 'unpinned' : 'pinned', { name }), undo), tell)
    },
    update(view: SavedView | null, search: Search): void {
      if (view === null) return
      const before = searchOf(view)
      const put = (next: Search) => changeView(org, view.id, { search: next }).then(reread)
      put(search).then(
        () => toastDone(t('updated', { name: view.name }), { label: t('undo'), run: () => void put(before) }),
        (error: unknown) => toastProblem(t('notUpdated'), toProblem(error).detail ?? undefined),
      )
    },
    async remove(view: SavedView | null): Promise<void> {
      if (view === null) return
      await removeView(org, view.id)
      toastDone(t('removed', { name: view.name }))
      await reread()
    },
  }
}

function useGroups(given: {
  readonly views: readonly SavedView[]
  readonly target: SavedView | null
  readonly isChosen: boolean
  readonly choose: (view: SavedView | null) => void
  readonly ask: (asked: Asked) => void
  readonly update: () => void
  readonly pin: (view: SavedView) => void
}): readonly MenuGroup[] {
  const { views, target, isChosen, choose, ask, update, pin } = given
  const { t } = useTranslation('views')
  const { can } = useAccess()
  const entry = (view: SavedView): MenuItem => ({
    id: view.id,
    label: view.name,
    isChecked: isChosen && view.id === target?.id,
    onSelect: () => choose(view),
  })
  const own = views.filter(({ is_own }) => is_own)
  const shared = views.filter(({ is_own }) => !is_own)
  const notOwn = target === null || target.is_own ? null : t('ofAnother')
  const link = () => {
    const address = `${location.origin}${location.pathname}?view=${target?.id ?? ''}`
    void navigator.clipboard.writeText(address).then(() => toastNoted(t('copied')))
  }
  const ofTarget: readonly MenuItem[] =
    target === null
      ? []
      : [
          ...(isChosen
            ? []
            : [
                {
                  id: 'update',
                  label: t('update', { name: target.name }),
                  icon: Save,
                  disabledReason: notOwn,
                  onSelect: update,
                },
                {
                  id: 'back',
                  label: t('backTo', { name: target.name }),
                  icon: Undo2,
                  onSelect: () => choose(target),
                },
              ]),
          {
            id: 'pin',
            label: t(target.is_pinned ? 'unpin' : 'pin'),
            icon: target.is_pinned ? PinOff : Pin,
            onSelect: () => pin(target),
          },
          {
            id: 'rename',
            label: t('change'),
            icon: Pencil,
            disabledReason: notOwn,
            onSelect: () => ask({ kind: 'rename', view: target }),
          },
          { id: 'link', label: t('copyLink'), icon: Link2, onSelect: link },
          {
            id: 'remove',
            label: t('removeMore'),
            icon: Trash2,
            isDangerous: true,
            disabledReason: can('org.settings') ? null : notOwn,
            onSelect: () => ask({ kind: 'remove', view: target }),
          },
        ]
  return [
    { label: t('own'), items: own.map(entry) },
    { label: t('shared'), items: shared.map(entry) },
    {
      items: [
        { id: 'create', label: t('create'), icon: Bookmark, onSelect: () => ask({ kind: 'create', view: null }) },
      ],
    },
    { items: ofTarget },
  ]
}

const ROLES = ['owner', 'admin', 'member', 'manager', 'reviewer', 'compliance_officer', 'expert'] as const
const AUDIENCES = ['nobody', 'everybody', ...ROLES] as const
type Audience = (typeof AUDIENCES)[number]

function audienceOf(view: SavedView | null): Audience {
  if (view?.is_shared !== true) return 'nobody'
  return ROLES.find((role) => role === view.shared_with) ?? 'everybody'
}

const sharingWith = (audience: Audience) => ({
  is_shared: audience !== 'nobody',
  shared_with: audience === 'nobody' || audience === 'everybody' ? null : audience,
})

function ViewForm(props: {
  readonly screen: ViewScreen
  /** The one to rename or share; null makes a new one. */
  readonly view: SavedView | null
  readonly filters: Search
  readonly onClose: () => void
  readonly onDone: (view: SavedView) => void
}) {
  const { t } = useTranslation('views')
  const org = useOrg()
  const client = useQueryClient()
  const { view, screen, filters } = props
  const form = useForm({
    initial: { name: view?.name ?? '', audience: audienceOf(view) },
    check: ({ name }) => (name.trim() === '' ? { name: t('nameMissing') } : {}),
    send({ name, audience }) {
      const said = { name: name.trim(), ...sharingWith(audience) }
      return view === null ? createView(org, screen, { ...said, search: filters }) : changeView(org, view.id, said)
    },
    onDone(saved) {
      toastDone(t('saved', { name: saved.name }))
      props.onClose()
      const reread = client.invalidateQueries({ queryKey: viewsKey(org) })
      void reread.then(() => props.onDone(saved))
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={props.onClose}
      title={t(view === null ? 'createTitle' : 'changeTitle')}
      description={view === null ? t('createText') : undefined}
      submitLabel={t('save')}
    >
      <TextField
        label={t('name')}
        value={form.values.name}
        onChange={(name) => form.set('name', name)}
        error={form.errorOf('name') ?? (form.problem?.code === 'view_name_taken' ? form.problem.title : null)}
        maxLength={200}
        autoFocus
      />
      <SelectField
        label={t('share')}
        hint={t('shareHint')}
        value={form.values.audience}
        options={AUDIENCES.map((value) => ({ value, label: t(`audience.${value}`) }))}
        onChange={(audience) => form.set('audience', audience)}
      />
    </FormDialog>
  )
}
