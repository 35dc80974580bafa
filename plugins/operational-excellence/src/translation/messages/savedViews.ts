/** Texts of saved views of the scorecard. */
export const savedViews = {
  title: 'Saved views',
  loading: 'Loading the saved views',
  none: 'No view is saved yet.',
  mine: 'Only you see it',
  shared: 'Shared by',
  edit: 'Edit',
  editOf: 'Edit {{view}}',
  remove: 'Delete',
  removeOf: 'Delete {{view}}',
  reallyRemove: 'Delete “{{view}}”? It does not come back.',
  reallyRemoveShared:
    'Delete “{{view}}”? It does not come back, and everybody loses it.',
  keep: 'Keep it',
  removing: 'Deleting …',
  form: {
    saveNew: 'Save what is shown now',
    name: 'Name of the view',
    missing: 'Give it a name.',
    share: 'Share it with everybody',
    mayNotShare:
      'You may not share views with everybody: that needs the permission {{permission}}.',
    mayNotBeChecked:
      'Whether you may share views could not be found out: {{message}}',
    replace: 'Let it open what is shown now',
    save: 'Save',
    saving: 'Saving …',
    cancel: 'Cancel',
    saved: '“{{view}}” is saved.',
  },
  failed: 'That could not be done. {{message}}',
  close: 'Close',
} as const;
