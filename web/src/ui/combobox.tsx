import { Combobox as Base } from '@base-ui/react/combobox'
import { Check, ChevronDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'
import { Field, type FieldProps } from './field.tsx'
import type { Option } from './select.tsx'
import { INPUT, ITEM, POPUP } from './surface.ts'

/** One of many values, found by typing. With `onSearch` the caller looks them up; otherwise they are filtered here. */
export function ComboboxField(
  props: FieldProps & {
    readonly value: string | null
    readonly options: readonly Option<string>[]
    readonly onChange: (value: string | null) => void
    readonly onSearch?: (text: string) => void
    readonly placeholder?: string
  },
) {
  const { t } = useTranslation('words')
  const chosen = props.options.find((option) => option.value === props.value) ?? null
  return (
    <Field {...props}>
      <Base.Root
        items={props.options}
        value={chosen}
        onValueChange={(option) => props.onChange(option?.value ?? null)}
        onInputValueChange={(text) => props.onSearch?.(text)}
        {...(props.onSearch && { filter: null })}
        itemToStringLabel={(option) => option.label}
        isItemEqualToValue={(a, b) => a.value === b.value}
      >
        <div className="relative">
          <Base.Input className={cx(INPUT, 'pe-9')} placeholder={props.placeholder} />
          <Base.Trigger
            aria-label={t('openList')}
            className="absolute end-0 top-0 grid h-9 w-9 place-items-center text-fg3"
          >
            <ChevronDown size={15} aria-hidden />
          </Base.Trigger>
        </div>
        <Base.Portal>
          <Base.Positioner className="z-60" sideOffset={4}>
            <Base.Popup className={cx(POPUP, 'w-[var(--anchor-width)]')}>
              <Base.Empty className="p-3 text-center text-fg3 empty:p-0">{t('nothingFound')}</Base.Empty>
              <Base.List>
                {(option: Option<string>) => (
                  <Base.Item key={option.value} value={option} className={ITEM}>
                    <span className="min-w-0 flex-1">
                      <span className="block truncate">{option.label}</span>
                      {option.hint !== undefined && <span className="meta block truncate text-fg3">{option.hint}</span>}
                    </span>
                    <Base.ItemIndicator className="text-accent-text">
                      <Check size={14} aria-hidden />
                    </Base.ItemIndicator>
                  </Base.Item>
                )}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </Field>
  )
}
