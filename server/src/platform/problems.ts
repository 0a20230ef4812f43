import { defineProblem } from '../kernel/problem.ts'

export const announcementOrder = defineProblem('announcement_order', 422, 'An announcement ends after it starts')
