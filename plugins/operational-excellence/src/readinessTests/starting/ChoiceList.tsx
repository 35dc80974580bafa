import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { makeStyles } from '@material-ui/core/styles';
import { useTexts } from '../../translation';
import type { TemplateChoice } from './useChoices';

const useStyles = makeStyles(theme => ({
  choice: { alignItems: 'flex-start', marginBottom: theme.spacing(1) },
  radio: { paddingTop: 2, paddingBottom: 0 },
  about: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
}));

/** The templates of which one is chosen. */
export const ChoiceList = (props: {
  choices: TemplateChoice[];
  value: string | undefined;
  onChange: (template: string) => void;
}) => {
  const { choices, onChange, value } = props;
  const classes = useStyles();
  const { t } = useTexts();

  const about = ({ isRequired, openTest, template }: TemplateChoice) =>
    [
      isRequired && t('readinessRuns.run.required'),
      t('readinessRuns.version', { version: template.version }),
      t('readinessRuns.run.items', {
        count: template.sections.reduce(
          (sum, { items }) => sum + items.length,
          0,
        ),
      }),
      openTest &&
        t('readinessRuns.run.openTest', {
          answered: `${openTest.answered}`,
          total: `${openTest.itemCount}`,
        }),
    ]
      .filter(Boolean)
      .join(' · ');

  return (
    <RadioGroup
      aria-label={t('readinessRuns.run.template')}
      name="operational-excellence-readiness-template"
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value)}
    >
      {choices.map(choice => (
        <FormControlLabel
          key={choice.template.id}
          className={classes.choice}
          value={choice.template.id}
          control={<Radio color="primary" className={classes.radio} />}
          label={
            <span>
              {choice.template.title}
              <br />
              <span className={classes.about}>{about(choice)}</span>
            </span>
          }
        />
      ))}
    </RadioGroup>
  );
};
