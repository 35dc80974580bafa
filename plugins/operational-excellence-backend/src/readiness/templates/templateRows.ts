import {
  Instant,
  ReadinessTemplate,
  ReadinessTemplateFile,
} from 'backstage-plugin-operational-excellence-common';
import { instantOf, StoredInstant } from '../../database';

/** A template with its content that is in use. */
export interface StoredTemplate {
  id: string;
  revision: string;
  content: ReadinessTemplateFile;
  source: string;
  readAt: Instant;
  problem: string | null;
  removed: boolean;
}

export interface TemplateRow {
  id: string;
  revision: string;
  content: string;
  source: string;
  read_at: StoredInstant;
  problem: string | null;
  removed_at: StoredInstant | null;
}

/** Templates `t` with what they say. */
export const TEMPLATE_COLUMNS = `t.id, t.revision, rev.content, t.source,
  t.read_at, t.problem, t.removed_at`;

export const FROM_TEMPLATES = `from readiness_templates t
  join readiness_template_revisions rev
    on rev.template = t.id and rev.revision = t.revision`;

export function templateOfRow(row: TemplateRow): StoredTemplate {
  return {
    id: row.id,
    revision: row.revision,
    content: contentOf(row.content),
    source: row.source,
    readAt: instantOf(row.read_at),
    problem: row.problem,
    removed: row.removed_at !== null,
  };
}

/** The content as `TemplateStore` keeps it. */
export function contentOf(stored: string): ReadinessTemplateFile {
  return JSON.parse(stored);
}

/** A template as the API shows it, with those of its items that apply. */
export function shownTemplate(
  template: { revision: string; content: ReadinessTemplateFile },
  options: { itemIds?: ReadonlySet<string> } = {},
): ReadinessTemplate {
  const { content, revision } = template;
  const { itemIds } = options;
  return {
    id: content.id,
    version: content.version,
    revision,
    title: content.title,
    description: content.description,
    validFor: content.validFor,
    signOff: content.signOff,
    sections: content.sections
      .map(({ items, title }) => ({
        title,
        items: items
          .filter(({ id }) => itemIds?.has(id) ?? true)
          .map(({ appliesTo: _, ...item }) => item),
      }))
      .filter(({ items }) => items.length > 0),
  };
}

/** Those of the items of a template that apply, in their order. */
export function itemsOf(template: ReadinessTemplate) {
  return template.sections.flatMap(({ items }) => items);
}
