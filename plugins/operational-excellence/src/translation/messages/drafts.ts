/** Texts of what is kept while it is typed. */
export const drafts = {
  restored:
    'This is your draft, as you left it. It is kept until you send or discard it.',
  discard: 'Discard draft',
  discarded: 'The draft was discarded.',
  undo: 'Undo',
  notKept:
    'What you type cannot be kept as a draft: {{message}}. Send it before you leave the page.',
} as const;
