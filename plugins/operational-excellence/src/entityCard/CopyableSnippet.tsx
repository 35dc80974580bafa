import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import useCopyToClipboard from 'react-use/esm/useCopyToClipboard';
import { useTexts } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    marginTop: theme.spacing(0.5),
  },
  text: {
    flex: 1,
    minWidth: 0,
    margin: 0,
    padding: theme.spacing(0.75, 1),
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontSize: '0.75rem',
    background: theme.palette.background.default,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
}));

/** A few lines to paste into an entity or a tag editor. */
export const CopyableSnippet = (props: {
  text: string;
  /** What is copied, where the page has several to copy. */
  label?: string;
}) => {
  const classes = useStyles();
  const { t } = useTexts();
  const [copy, copyToClipboard] = useCopyToClipboard();
  const copied = copy.value === props.text && !copy.error;
  return (
    <div className={classes.root}>
      <pre className={classes.text}>{props.text}</pre>
      <Button
        size="small"
        aria-label={copied ? undefined : props.label}
        onClick={() => copyToClipboard(props.text)}
      >
        {copied ? t('card.copied') : t('card.copy')}
      </Button>
    </div>
  );
};
