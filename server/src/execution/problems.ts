import { defineProblem } from '../kernel/problem.ts'

/** `params.state` is the run's state, `params.needs` the states in which it could be done. */
export const runStateRefused = defineProblem('run_state_refused', 409, 'The run is not in a state for this')

/** Others act on the run at this very moment. */
export const runMoving = defineProblem('run_moving', 409, 'The run is being changed by somebody else; try again')
