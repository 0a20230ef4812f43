import { defineProblem } from '../kernel/problem.ts'

export const viewNameTaken = defineProblem('view_name_taken', 409, 'You have a view of this name already')
/** `params.most` is how many views of one list a member keeps. */
export const tooManyViews = defineProblem('too_many_views', 409, 'No more views of this list can be kept')
/** `params.most` is how many views a member pins. */
export const tooManyPins = defineProblem('too_many_pins', 409, 'No more views can be pinned')
export const viewOfAnother = defineProblem('view_of_another', 403, 'A shared view is changed by whoever made it')
/** Feedback is about a result: there is none yet. */
export const noResultYet = defineProblem('no_result_yet', 409, 'This run has made nothing yet that could be judged')
