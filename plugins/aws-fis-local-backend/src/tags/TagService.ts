import { Knex } from 'knex';
import { FisError } from '../api/FisError';
import { Scope } from '../database';
import { experimentNotFound, ExperimentStore } from '../experiments';
import { lockScope } from '../safety';
import {
  Tags,
  tagsSchema,
  templateNotFound,
  TemplateStore,
} from '../templates';

interface TagServiceOptions {
  db: Knex;
  templates: TemplateStore;
  experiments: ExperimentStore;
}

const ARN =
  /^arn:aws[\w-]*:fis:([a-z0-9-]+):(\d{12}):(experiment|experiment-template)\/(\S+)$/;

/** The tags of experiments and experiment templates, by ARN. */
export class TagService {
  private readonly options: TagServiceOptions;

  static create(options: TagServiceOptions): TagService {
    return new TagService(options);
  }

  private constructor(options: TagServiceOptions) {
    this.options = options;
  }

  async listTags(scope: Scope, arn: string): Promise<Tags> {
    return (await this.find(this.options.db, scope, arn)).tags;
  }

  async tag(scope: Scope, arn: string, added: Tags): Promise<void> {
    await this.change(scope, arn, tags => ({ ...tags, ...added }));
  }

  async untag(
    scope: Scope,
    arn: string,
    keys: string[] | undefined,
  ): Promise<void> {
    await this.change(scope, arn, tags =>
      Object.fromEntries(
        Object.entries(tags).filter(([key]) => keys && !keys.includes(key)),
      ),
    );
  }

  private async change(
    scope: Scope,
    arn: string,
    change: (tags: Tags) => Tags,
  ): Promise<void> {
    // Locked, so that two changes do not undo each other.
    await this.options.db.transaction(async tx => {
      await lockScope(tx, scope);
      const resource = await this.find(tx, scope, arn);
      const changed = tagsSchema.safeParse(change(resource.tags));
      if (!changed.success) {
        throw new FisError(
          'ValidationException',
          `Tags ${changed.error.issues[0].message}`,
        );
      }
      await resource.save(tx, changed.data);
    });
  }

  private async find(
    db: Knex,
    scope: Scope,
    arn: string,
  ): Promise<{ tags: Tags; save(tx: Knex, tags: Tags): Promise<void> }> {
    const { templates, experiments } = this.options;
    const [, region, accountId, type, id] = ARN.exec(arn) ?? [];
    if (region !== scope.region || accountId !== scope.accountId) {
      throw new FisError(
        'ValidationException',
        `Not the ARN of an experiment or experiment template in this account and Region: ${arn}`,
      );
    }
    if (type === 'experiment') {
      const experiment = await experiments.find(db, scope, { id });
      if (!experiment) throw experimentNotFound(id);
      return {
        tags: experiment.tags,
        save: (tx, tags) => experiments.put(tx, { ...experiment, tags }),
      };
    }
    const template = await templates.find(db, scope, { id });
    if (!template) throw templateNotFound(id);
    return {
      tags: template.tags,
      save: (tx, tags) => templates.update(tx, { ...template, tags }),
    };
  }
}
