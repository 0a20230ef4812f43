import { defineProblem } from '../kernel/problem.ts'

export const tooManyStreams = defineProblem('too_many_streams', 429, 'Too many pages follow what happens; close some')
