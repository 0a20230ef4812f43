/** What an act has taken away, in the form in which a route without an answer hands it to the log. */
export function replaced<Before>(before: Before): { readonly before: Before } {
  return { before }
}
