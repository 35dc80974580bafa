import { makeStyles } from '@material-ui/core/styles';
import type {
  Evidence,
  ReadinessAnswerValue,
} from 'backstage-plugin-operational-excellence-common';
import { ExternalLink } from '../../entityContent/ExternalLink';
import { Markdown } from '../../entityContent/loop/Markdown';
import { AnswerLabel } from '../words';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(0.75),
  },
  evidence: { margin: 0, paddingLeft: theme.spacing(2.5) },
}));

/** What an answer says, its note and what proves it. */
export const AnswerView = (props: {
  value: ReadinessAnswerValue | undefined;
  note: string | null;
  evidence: readonly Evidence[];
}) => {
  const { evidence, note, value } = props;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <AnswerLabel value={value} />
      {note && <Markdown content={note} />}
      {evidence.length > 0 && (
        <ul className={classes.evidence}>
          {evidence.map(({ title, url }, index) => (
            <li key={index}>
              <ExternalLink url={url}>{title}</ExternalLink>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
