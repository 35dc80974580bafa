/** Texts of how the time of teams is spent. */
export const time = {
  ofOwner: 'Time for improvements: {{owner}}',
  aboutOwner:
    'Of all services that {{owner}} and its nested groups own and you may see, whatever the other filters are.',
  open: 'Open improvements',
  shareOfOwner:
    '{{share}} of the work closed in 90 days were improvements; the policies of these services ask for no common share',
  nothingClosedByOwner:
    'Nothing at all was closed in 90 days; the policies of these services ask for no common share',
  starved: 'Starved since {{day}}',
  share: '{{share}} of closed work',
  shareOf: '{{share}} of closed work, policy {{target}}',
  nothingClosed: 'Nothing closed in 90 days',
  nothingClosedOf: 'Nothing closed, policy {{target}}',
  onlyStarved: 'Only starved backlogs',
  onlyStarvedHint: 'Improvements wait, and none was closed in 90 days',
} as const;
