import { makeStyles } from '@material-ui/core/styles';
import type {
  ReadinessAnswer,
  ReadinessItem,
  ReadinessTestDetail,
} from 'backstage-plugin-operational-excellence-common';
import { Markdown } from '../../entityContent/loop/Markdown';
import { Printable } from '../../print';
import { exactInstant } from '../../time';
import { useTexts } from '../../translation';
import { AnswerLabel } from '../words';
import { PrintedFacts } from './PrintedFacts';
import { useIsPrinting } from './useIsPrinting';

const useStyles = makeStyles({
  // Margins of its own, for the sheets know none of the page.
  '@global': { '@page': { size: 'A4', margin: '16mm 14mm' } },
  root: {
    fontFamily: 'Helvetica, Arial, sans-serif',
    fontSize: '10pt',
    lineHeight: 1.4,
    overflowWrap: 'anywhere',
    '& h1': { margin: '0 0 8pt', fontSize: '16pt', lineHeight: 1.2 },
    '& h2': {
      margin: '14pt 0 4pt',
      fontSize: '12pt',
      breakAfter: 'avoid',
    },
    '& h3': { margin: 0, fontSize: '10pt', fontWeight: 600 },
  },
  item: {
    padding: '5pt 0',
    borderTop: '0.5pt solid #999',
    breakInside: 'avoid',
  },
  row: { display: 'flex', justifyContent: 'space-between', gap: '12pt' },
  answer: { flex: 'none' },
  small: { fontSize: '8.5pt' },
  list: { margin: 0, paddingLeft: '14pt' },
});

const PrintedItem = (props: {
  item: ReadinessItem;
  answer: ReadinessAnswer | undefined;
}) => {
  const { answer, item } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const marks = [
    item.blocking && t('readinessRuns.blocking'),
    t(`readinessRuns.risk.${item.risk}`),
    item.evidence === 'required' && t('readinessRuns.evidenceRequired'),
    item.automatic && t('readinessRuns.automatic'),
  ].filter(Boolean);
  return (
    <div className={classes.item}>
      <div className={classes.row}>
        <h3>{item.question}</h3>
        <div className={classes.answer}>
          <AnswerLabel value={answer?.value} />
        </div>
      </div>
      <div className={classes.small}>{marks.join(' · ')}</div>
      {answer?.note && <Markdown content={answer.note} />}
      {answer && answer.evidence.length > 0 && (
        <ul className={classes.list}>
          {answer.evidence.map(({ title, url }, index) => (
            // On paper the address is all that leads there.
            <li key={index}>
              {title}: {url}
            </li>
          ))}
        </ul>
      )}
      {answer && (
        <div className={classes.small}>
          {answer.answeredBy}, {exactInstant(answer.answeredAt)}
        </div>
      )}
    </div>
  );
};

/** A test on paper, with every answer; on the screen there is nothing of it. */
export const PrintedTest = (props: { test: ReadinessTestDetail }) => {
  const { test } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const isPrinting = useIsPrinting();
  if (!isPrinting) return null;
  const answers = new Map(test.answers.map(each => [each.itemId, each]));
  return (
    <Printable>
      <div className={classes.root}>
        <h1>
          {test.templateTitle} {t('readinessRuns.head.forService')}{' '}
          {test.entityTitle}
        </h1>
        <PrintedFacts test={test} />
        {test.content?.sections
          .filter(({ items }) => items.length > 0)
          .map((section, index) => (
            <section key={index}>
              <h2>{section.title}</h2>
              {section.items.map(item => (
                <PrintedItem
                  key={item.id}
                  item={item}
                  answer={answers.get(item.id)}
                />
              ))}
            </section>
          ))}
      </div>
    </Printable>
  );
};
