import { makeStyles } from '@material-ui/core/styles';

/** The lists of the tab. */
export const useListStyles = makeStyles(theme => ({
  table: {
    '& td, & th': { verticalAlign: 'top', lineHeight: 1.43 },
    '& thead th': { whiteSpace: 'nowrap' },
  },
  text: {
    minWidth: 220,
    overflowWrap: 'anywhere',
  },
  short: { minWidth: 130, overflowWrap: 'anywhere' },
  word: { whiteSpace: 'nowrap' },
  secondary: {
    color: theme.palette.text.secondary,
    fontSize: '0.8125rem',
    fontWeight: 400,
    overflowWrap: 'anywhere',
  },
  skeleton: { padding: theme.spacing(1, 2) },
}));
