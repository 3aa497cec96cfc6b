/** Why a new record cannot be taken back while another edit refers to it. */
export const inUseText = (dependant: string): string =>
  `“${dependant}” uses it and is not sent yet. Undo that edit first, or choose another there.`
