import { Knex } from 'knex';
import { FisError } from '../api/FisError';
import { newId, page, PageRequest, Scope } from '../database';
import { requestHash } from '../idempotency';
import { lockScope } from '../safety';
import { checkDefinition } from './checkDefinition';
import {
  CreateTemplateRequest,
  TemplateDefinition,
  UpdateTemplateRequest,
} from './shapes';
import { Template, TemplateStore } from './TemplateStore';

export const templateNotFound = (id: string) =>
  new FisError(
    'ResourceNotFoundException',
    `Experiment template does not exist: ${id}`,
  );

/** What the API does with experiment templates. */
export class TemplateService {
  private readonly db: Knex;
  private readonly templates: TemplateStore;
  private readonly quota: number;
  private readonly now: () => number;

  static create(options: {
    db: Knex;
    templates: TemplateStore;
    /** How many templates an account may have in a Region. */
    quota: number;
    now: () => number;
  }): TemplateService {
    return new TemplateService(options);
  }

  private constructor(options: {
    db: Knex;
    templates: TemplateStore;
    quota: number;
    now: () => number;
  }) {
    this.db = options.db;
    this.templates = options.templates;
    this.quota = options.quota;
    this.now = options.now;
  }

  async createTemplate(
    scope: Scope,
    request: CreateTemplateRequest,
  ): Promise<Template> {
    const { clientToken, tags = {}, ...definition } = request;
    checkDefinition(definition);
    const hash = requestHash(request);
    // Locked, so that two requests with one token create one template, and two
    // with different ones do not both take the last place of the quota.
    return await this.db.transaction(async tx => {
      await lockScope(tx, scope);
      const earlier = await this.templates.find(tx, scope, { clientToken });
      if (earlier) {
        if (earlier.requestHash === hash) return earlier;
        throw new FisError(
          'ConflictException',
          'The clientToken was used for a different request.',
        );
      }
      if ((await this.templates.count(tx, scope)) >= this.quota) {
        throw new FisError(
          'ServiceQuotaExceededException',
          `You have reached the maximum number of experiment templates: ${this.quota}`,
        );
      }
      const now = this.now();
      const template: Template = {
        ...scope,
        id: newId('EXT'),
        clientToken,
        requestHash: hash,
        createdAt: now,
        updatedAt: now,
        definition,
        tags,
      };
      await this.templates.insert(tx, template);
      return template;
    });
  }

  async getTemplate(
    scope: Scope,
    id: string,
    db: Knex = this.db,
  ): Promise<Template> {
    const template = await this.templates.find(db, scope, { id });
    if (!template) throw templateNotFound(id);
    return template;
  }

  async listTemplates(scope: Scope, request: PageRequest) {
    return await page<Template>(
      `experimentTemplates ${scope.accountId} ${scope.region}`,
      request,
      (after, limit) => this.templates.after(this.db, scope, after, limit),
    );
  }

  async updateTemplate(
    scope: Scope,
    id: string,
    changes: UpdateTemplateRequest,
  ): Promise<Template> {
    // Locked, so that of two updates none writes back what the other replaced.
    return await this.db.transaction(async tx => {
      await lockScope(tx, scope);
      const template = await this.getTemplate(scope, id, tx);
      const definition: TemplateDefinition = {
        ...template.definition,
        ...changes,
        logConfiguration: mergedLogConfiguration(template, changes),
        experimentOptions: {
          ...template.definition.experimentOptions,
          ...changes.experimentOptions,
        },
      };
      checkDefinition(definition);
      const updated = { ...template, definition, updatedAt: this.now() };
      await this.templates.update(tx, updated);
      return updated;
    });
  }

  async deleteTemplate(scope: Scope, id: string): Promise<Template> {
    const template = await this.getTemplate(scope, id);
    await this.templates.delete(this.db, id);
    return template;
  }
}

function mergedLogConfiguration(
  template: Template,
  { logConfiguration: changes }: UpdateTemplateRequest,
): TemplateDefinition['logConfiguration'] {
  if (!changes) return template.definition.logConfiguration;
  const logSchemaVersion =
    changes.logSchemaVersion ??
    template.definition.logConfiguration?.logSchemaVersion;
  if (logSchemaVersion === undefined) {
    throw new FisError(
      'ValidationException',
      'logConfiguration.logSchemaVersion is required.',
    );
  }
  return { ...changes, logSchemaVersion };
}
