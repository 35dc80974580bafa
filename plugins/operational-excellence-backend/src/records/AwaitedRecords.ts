import {
  DayRecord,
  ExerciseRecord,
  InitiativeRecord,
  OperationalExcellenceRecordsExtensionPoint,
  ReadinessRunRecord,
  ReadinessTestRecord,
  SharedViewRecord,
  WaiverRecord,
} from 'backstage-plugin-operational-excellence-node';

/** Has calls wait until there are records to put them down in. */
export class AwaitedRecords
  implements OperationalExcellenceRecordsExtensionPoint
{
  readonly #records: Promise<OperationalExcellenceRecordsExtensionPoint>;
  #open: (records: OperationalExcellenceRecordsExtensionPoint) => void =
    () => {};

  constructor() {
    this.#records = new Promise(resolve => {
      this.#open = resolve;
    });
  }

  open(records: OperationalExcellenceRecordsExtensionPoint) {
    this.#open(records);
  }

  async knownServices(): Promise<string[]> {
    return (await this.#records).knownServices();
  }

  async recordReadinessTest(test: ReadinessTestRecord): Promise<string> {
    return (await this.#records).recordReadinessTest(test);
  }

  async recordReadinessRun(run: ReadinessRunRecord): Promise<string> {
    return (await this.#records).recordReadinessRun(run);
  }

  async recordExercise(exercise: ExerciseRecord): Promise<string> {
    return (await this.#records).recordExercise(exercise);
  }

  async recordDay(record: DayRecord): Promise<boolean> {
    return (await this.#records).recordDay(record);
  }

  async grantWaiver(waiver: WaiverRecord): Promise<string> {
    return (await this.#records).grantWaiver(waiver);
  }

  async recordInitiative(initiative: InitiativeRecord): Promise<string> {
    return (await this.#records).recordInitiative(initiative);
  }

  async shareView(view: SharedViewRecord): Promise<string> {
    return (await this.#records).shareView(view);
  }
}
