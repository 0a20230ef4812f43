import { defineProblem } from '../kernel/problem.ts'

export const fileFormatRefused = defineProblem('file_format_refused', 422, 'Files of this kind are not taken')
export const fileEmpty = defineProblem('file_empty', 422, 'The file is empty')
export const fileBrokenOff = defineProblem('file_broken_off', 400, 'The upload broke off before its end')
export const fileExpired = defineProblem(
  'file_expired',
  409,
  'The bytes of this file were deleted when its time had come',
)
export const fileInUse = defineProblem('file_in_use', 409, 'A run that is not over uses this file')
export const fileUnreadable = defineProblem('file_unreadable', 422, 'No text can be read from this file')
