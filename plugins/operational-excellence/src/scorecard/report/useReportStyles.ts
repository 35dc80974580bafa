import { makeStyles } from '@material-ui/core/styles';

/** How a report looks, on the screen and on one sheet. */
export const useReportStyles = makeStyles(theme => ({
  // Margins of its own, for the sheet knows none of the page.
  '@global': { '@page': { size: 'A4', margin: '14mm' } },
  root: {
    display: 'grid',
    gap: theme.spacing(1.5),
    gridTemplateColumns: 'minmax(0, 1fr)',
    padding: theme.spacing(3),
    overflowWrap: 'anywhere',
    fontFamily: theme.typography.fontFamily,
    fontSize: '0.875rem',
    '& h2, & h3, & p': { margin: 0 },
    '@media print': { padding: 0, gap: '5pt', fontSize: '8.5pt' },
  },
  small: {
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
    '@media print': { fontSize: '8pt' },
  },
  scroll: { overflowX: 'auto', '@media print': { overflow: 'visible' } },
  table: {
    width: '100%',
    minWidth: 720,
    borderCollapse: 'collapse',
    overflowWrap: 'break-word',
    '@media print': { minWidth: 0 },
    '& th, & td': {
      padding: theme.spacing(0.5, 1),
      borderBottom: `1px solid ${theme.palette.divider}`,
      textAlign: 'left',
      verticalAlign: 'top',
      '@media print': { padding: '1.5pt 4pt', borderColor: '#999' },
    },
    '& td': { fontVariantNumeric: 'tabular-nums' },
  },
}));
