import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { join } from 'path';

const directory = resolvePackagePath(
  'backstage-plugin-operational-excellence-backend',
  'readiness-templates',
);

/** The templates that come with the plugin. */
export const builtInFiles: readonly string[] = [
  'production-readiness.yaml',
  'acceptance-retest.yaml',
].map(name => join(directory, name));
