import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import AddIcon from '@material-ui/icons/Add';
import DeleteIcon from '@material-ui/icons/Delete';
import { ReactNode, useEffect, useRef, useState } from 'react';
import { useFormStyles } from '../../improvements/form/useFormStyles';
import { useTexts } from '../../translation';
import { nextRowId } from './ExerciseDraft';

const useStyles = makeStyles(theme => ({
  row: { display: 'flex', alignItems: 'flex-start', gap: theme.spacing(1) },
  fields: {
    flex: 1,
    minWidth: 0,
    display: 'grid',
    gap: theme.spacing(1),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 160px), 1fr))',
  },
  add: { justifySelf: 'start' },
}));

/** A list of what is typed, as long as it is needed. */
export const RowsField = <Item extends { rowId: number }>(props: {
  id: string;
  legend: string;
  addLabel: string;
  rows: Item[];
  max: number;
  empty: Omit<Item, 'rowId'>;
  /** The fields of a row, which is called by its number. */
  renderRow: (
    row: Item,
    number: string,
    change: (changed: Partial<Item>) => void,
  ) => ReactNode;
  onChange: (rows: Item[]) => void;
}) => {
  const { empty, id, max, onChange, rows } = props;
  const classes = useStyles();
  const formClasses = useFormStyles();
  const { t } = useTexts();
  const [added, setAdded] = useState<number>();
  const list = useRef<HTMLFieldSetElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const isFull = rows.length >= max;

  useEffect(() => {
    if (added === undefined) return;
    list.current
      ?.querySelector<HTMLElement>(`[data-row="${added}"] input`)
      ?.focus();
  }, [added]);

  const add = () => {
    const rowId = nextRowId(rows);
    onChange([...rows, { ...empty, rowId } as Item]);
    setAdded(rowId);
  };

  return (
    <fieldset ref={list} id={id} className={formClasses.group}>
      <legend className={formClasses.legend}>{props.legend}</legend>
      {rows.map((row, index) => (
        <div key={row.rowId} data-row={row.rowId} className={classes.row}>
          <div className={classes.fields}>
            {props.renderRow(row, `${index + 1}`, changed =>
              onChange(
                rows.map(each =>
                  each.rowId === row.rowId ? { ...each, ...changed } : each,
                ),
              ),
            )}
          </div>
          <IconButton
            size="small"
            aria-label={t('exercises.removeRow', {
              list: props.legend,
              number: `${index + 1}`,
            })}
            onClick={() => {
              onChange(rows.filter(({ rowId }) => rowId !== row.rowId));
              // The button that was pressed is gone, and must not take the
              // focus along.
              addButton.current?.focus();
            }}
          >
            <DeleteIcon />
          </IconButton>
        </div>
      ))}
      <Button
        ref={addButton}
        size="small"
        className={classes.add}
        startIcon={<AddIcon />}
        aria-disabled={isFull}
        onClick={isFull ? undefined : add}
      >
        {props.addLabel}
      </Button>
    </fieldset>
  );
};
