/** A filter without what is not set, as a query of the API. */
export function given<Filter extends object>(
  filter: Filter,
): { [Name in keyof Filter]?: Exclude<Filter[Name], undefined> } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only members that are set are left
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== '')) as {
    [Name in keyof Filter]?: Exclude<Filter[Name], undefined>
  }
}
