import { useMutation } from '@tanstack/react-query'
import { CircleAlert, ImageUp, X } from 'lucide-react'
import { useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { MAX_PICTURE_BYTES, type PictureUse, uploadPicture } from '../api/pictures.ts'
import { toProblem } from '../api/problem.ts'
import { Button } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'
import { ERROR, HINT, LABEL } from '../ui/surface.ts'
import { pictureAddress } from './brand.tsx'
import { useFormat } from './format.ts'
import { problemText } from './problem-text.ts'

const ACCEPT: Readonly<Record<PictureUse, string>> = {
  logo: 'image/png,image/jpeg',
  logo_inverse: 'image/png,image/jpeg',
  favicon: 'image/png,image/jpeg,image/x-icon,.ico',
}

const MEGABYTE = 1_000_000

class TooLarge extends Error {}

/**
 * A picture of the deployment: chosen, it is uploaded at once and its name becomes the value; it is shown to others when the
 * form is saved. A file that is refused leaves the picture that was there.
 */
export function PictureField(props: {
  readonly use: PictureUse
  readonly value: string | null
  readonly onChange: (name: string | null) => void
  readonly error: string | null
}) {
  const { t } = useTranslation('branding')
  const { t: words } = useTranslation('words')
  const format = useFormat()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const { use, value, onChange } = props
  const upload = useMutation({
    async mutationFn(file: File) {
      if (file.size > MAX_PICTURE_BYTES) {
        throw new TooLarge(t('tooLarge', { size: format.number(Math.round((file.size / MEGABYTE) * 10) / 10) }))
      }
      return uploadPicture(use, file)
    },
    onSuccess: onChange,
  })
  const choose = value === null ? 'choose' : 'chooseOther'
  const failed = upload.error
  const error =
    failed instanceof TooLarge ? failed.message : failed === null ? props.error : problemText(words, toProblem(failed))
  return (
    <div role="group" aria-labelledby={id} className="flex flex-col gap-1.5">
      <span id={id} className={LABEL}>
        {t(`picture.${use}`)}
        <span className="ms-1.5 font-normal text-fg3">{t('optional')}</span>
      </span>
      <div className="flex flex-wrap items-center gap-3">
        <Ground use={use} name={value} />
        <Button
          aria-label={`${t(choose)}: ${t(`picture.${use}`)}`}
          isBusy={upload.isPending}
          onClick={() => input.current?.click()}
        >
          <ImageUp size={15} aria-hidden />
          {t(choose)}
        </Button>
        {value !== null && (
          <Button
            variant="ghost"
            aria-label={`${t('remove')}: ${t(`picture.${use}`)}`}
            onClick={() => {
              upload.reset()
              onChange(null)
            }}
          >
            <X size={14} aria-hidden />
            {t('remove')}
          </Button>
        )}
        <input
          ref={input}
          type="file"
          hidden
          aria-label={t(`picture.${use}`)}
          accept={ACCEPT[use]}
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file !== undefined) upload.mutate(file)
            event.target.value = ''
          }}
        />
      </div>
      {error !== null && (
        <p role="alert" className={ERROR}>
          <CircleAlert size={14} aria-hidden className="mt-px shrink-0" />
          <span>{error}</span>
        </p>
      )}
      <p className={HINT}>{t(`pictureHint.${use}`)}</p>
    </div>
  )
}

/** The picture on the ground it is made for. */
function Ground({ use, name }: { readonly use: PictureUse; readonly name: string | null }) {
  const { t } = useTranslation('branding')
  return (
    <span
      data-brand=""
      data-mode={use === 'logo_inverse' ? 'dark' : 'light'}
      className={cx(
        'grid h-12 place-items-center overflow-hidden rounded-md border bg-surface px-3 text-fg3',
        use === 'favicon' ? 'w-16' : 'w-44',
      )}
    >
      {name === null ? (
        <span className="meta">{t('none')}</span>
      ) : (
        <img src={pictureAddress(name)} alt="" className="max-h-8 max-w-full object-contain" />
      )}
    </span>
  )
}
