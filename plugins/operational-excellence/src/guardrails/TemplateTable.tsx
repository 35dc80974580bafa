import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { ExperimentTemplateItem } from 'backstage-plugin-operational-excellence-common';
import { ExternalLink } from '../entityContent/ExternalLink';
import { useListStyles } from '../entityContent/useListStyles';
import { useTimeWords } from '../time';
import { useTexts } from '../translation';
import { stopConditions } from './stopConditions';

const TemplateRow = (props: {
  template: ExperimentTemplateItem;
  now: number;
}) => {
  const { now, template } = props;
  const { guardrails } = template;
  const classes = useListStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  const conditions = stopConditions(guardrails);
  const log = {
    true: t('guardrails.logged'),
    false: t('guardrails.notLogged'),
    null: t('guardrails.logUnknown'),
  }[`${guardrails.logConfigured}`];
  return (
    <TableRow>
      <TableCell
        component="th"
        scope="row"
        role="rowheader"
        className={classes.text}
      >
        <ExternalLink url={template.url}>{template.title}</ExternalLink>
        <div className={classes.secondary}>{template.id}</div>
        <div className={classes.secondary}>
          {t('guardrails.where', {
            account: template.accountId,
            region: template.region,
          })}
        </div>
      </TableCell>
      <TableCell className={classes.text}>
        {conditions.length ? (
          conditions.map((condition, index) => (
            <div key={index}>{condition}</div>
          ))
        ) : (
          <strong>{t('guardrails.none')}</strong>
        )}
      </TableCell>
      <TableCell className={classes.text}>
        {log}
        <div className={classes.secondary}>
          {t('guardrails.checked', {
            ago: words.ago(template.checkedAt, now),
          })}
        </div>
      </TableCell>
    </TableRow>
  );
};

/** Templates of experiments, with what limits the harm of each. */
export const TemplateTable = (props: {
  templates: ExperimentTemplateItem[];
  now: number;
}) => {
  const classes = useListStyles();
  const { t } = useTexts();
  return (
    <TableContainer>
      <Table
        size="small"
        className={classes.table}
        aria-label={t('guardrails.title')}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('guardrails.template')}</TableCell>
            <TableCell>{t('guardrails.stopConditions')}</TableCell>
            <TableCell>{t('guardrails.log')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.templates.map(template => (
            <TemplateRow
              key={`${template.sourceId} ${template.id}`}
              template={template}
              now={props.now}
            />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
};
