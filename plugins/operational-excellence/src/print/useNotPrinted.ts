import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  root: { '@media print': { display: 'none !important' } },
});

/** The class of what is of no use on paper, such as buttons. */
export function useNotPrinted(): string {
  return useStyles().root;
}
