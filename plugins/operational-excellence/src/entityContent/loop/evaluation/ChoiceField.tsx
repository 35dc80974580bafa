import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';

/** A question with a few answers, of which one has to be chosen. */
export const ChoiceField = <Value extends string>(props: {
  id: string;
  question: string;
  answers: { value: Value; label: string }[];
  value: Value | '';
  onChange: (value: Value) => void;
  problem: string | undefined;
}) => {
  const { answers, id, onChange, problem, question, value } = props;
  const problemId = `${id}-problem`;
  const describedBy = problem ? problemId : undefined;
  return (
    <FormControl component="fieldset" error={problem !== undefined} required>
      <FormLabel component="legend">{question}</FormLabel>
      <RadioGroup
        row
        name={id}
        value={value}
        onChange={({ target }) => {
          const chosen = answers.find(answer => answer.value === target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {answers.map(answer => (
          <FormControlLabel
            key={answer.value}
            value={answer.value}
            label={answer.label}
            control={
              <Radio
                color="primary"
                inputProps={{
                  'aria-describedby': describedBy,
                  'aria-invalid': problem !== undefined,
                }}
              />
            }
          />
        ))}
      </RadioGroup>
      {problem && <FormHelperText id={problemId}>{problem}</FormHelperText>}
    </FormControl>
  );
};
