/** Texts of the fields that choose among the values that services have. */
export const facets = {
  more: 'There are more. Type part of a name to find them.',
  failed: 'The choices could not be read: {{message}}',
  forbidden: 'You may not see the choices',
  notFound: 'There is nothing to choose from any more',
} as const;
