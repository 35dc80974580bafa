import { makeStyles } from '@material-ui/core/styles';

/** What a table shows, below each other where there is no room for one. */
export const useRecordStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    fontFamily: theme.typography.fontFamily,
  },
  record: {
    display: 'grid',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5, 2),
    fontSize: '0.875rem',
    lineHeight: 1.43,
    overflowWrap: 'anywhere',
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  heading: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: theme.spacing(0, 1),
  },
  name: { fontWeight: 600 },
  reason: { margin: 0, whiteSpace: 'pre-wrap' },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'auto 1fr',
    gap: theme.spacing(0.5, 2),
    margin: 0,
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0 },
  },
}));
