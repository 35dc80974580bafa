import { UpstreamError } from 'backstage-plugin-operational-excellence-node';
import { withDetail } from '../api';
import { JiraSourceConfig } from '../config';

/** Why Jira did not create an issue, and what to configure so that it does. */
export function explainRefusal(
  error: unknown,
  config: JiraSourceConfig,
): unknown {
  if (!(error instanceof UpstreamError) || error.kind !== 'rejected') {
    return error;
  }
  const advice = adviceOn(error.detail, config);
  return advice ? withDetail(error, `${error.detail} ${advice}`) : error;
}

const ADVICE: [RegExp, (config: JiraSourceConfig) => string][] = [
  [
    /\blabels\b.*cannot be set/i,
    () =>
      'Filed tickets carry a label by which they are found again: add the field Labels to the create screen of the project',
  ],
  [
    /\bissue ?type\b/i,
    ({ key, file }) =>
      `The issue type is '${file.issueType}': set ${key}.file.issueType to one that the project has`,
  ],
  [
    /\bpriority\b/i,
    ({ key }) =>
      `Map the priority to one that Jira knows in ${key}.file.priorities, or add it to the create screen of the project`,
  ],
];

function adviceOn(
  detail: string,
  config: JiraSourceConfig,
): string | undefined {
  const missing = [...detail.matchAll(/([\w-]+): [^:;]*? is required\b/gi)].map(
    ([, field]) => field,
  );
  if (missing.length) {
    return `Jira asks for ${missing.join(', ')}: set a value for it in ${missing
      .map(field => `${config.key}.file.fields.${field}`)
      .join(', ')}`;
  }
  return ADVICE.find(([pattern]) => pattern.test(detail))?.[1](config);
}
