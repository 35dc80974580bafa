import Typography from '@material-ui/core/Typography';
import { CopyableSnippet } from './CopyableSnippet';

/** What to do next about a measure, with something to paste where it helps. */
export const NextAction = (props: { text: string; snippet?: string }) => (
  <>
    <Typography variant="body2">{props.text}</Typography>
    {props.snippet && <CopyableSnippet text={props.snippet} />}
  </>
);
