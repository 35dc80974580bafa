// Installs the dependencies with the Yarn release of this repository, so that a
// machine with Node, npm and a C++ compiler needs nothing else. Runs before
// `npm start` and `npm test`; Yarn itself runs no pre-scripts.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { packageManager } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);
const yarn = join(
  root,
  '.yarn/releases',
  `yarn-${packageManager.split('@')[1]}.cjs`,
);

const fail = message => {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
};

const isSupported = ([major, minor]) =>
  (major === 20 && minor >= 19) || major === 22 || major === 24;

if (!isSupported(process.versions.node.split('.').map(Number))) {
  fail(
    `Node ${process.versions.node} is not supported: use Node 20.19 or newer, 22 or 24.`,
  );
}

/** The headers that belong to this Node, so that native addons need no download. */
function nodeHeaders() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include/node/node.h')) ? prefix : undefined;
}

function missingTools() {
  const works = (command, ...args) =>
    spawnSync(command, args, { stdio: 'ignore' }).status === 0;
  return [
    !works('make', '--version') && 'make',
    !['c++', 'g++', 'clang++'].some(cxx => works(cxx, '--version')) &&
      'a C++ compiler (g++ or clang++)',
    !works('python3', '--version') && 'python3 (needed by node-gyp)',
  ].filter(Boolean);
}

const env = { ...process.env };
const headers = nodeHeaders();
if (headers && !env.npm_config_nodedir) env.npm_config_nodedir = headers;

const { status, error } = spawnSync(
  process.execPath,
  [yarn, 'install', '--immutable'],
  { cwd: root, env, stdio: 'inherit' },
);

if (status !== 0) {
  const missing = missingTools();
  fail(
    [
      'The dependencies could not be installed; the reason is printed above.',
      error && String(error),
      missing.length &&
        `This machine lacks what native dependencies are built with: ${missing.join(
          ', ',
        )}.`,
    ]
      .filter(Boolean)
      .join('\n'),
  );
}

try {
  const Database = createRequire(join(root, 'packages/backend/package.json'))(
    'better-sqlite3',
  );
  new Database(':memory:').close();
} catch (cause) {
  fail(
    `The embedded database (better-sqlite3) does not load on Node ${
      process.versions.node
    }: ${cause.message.split('\n')[0]}
If Node was upgraded since the last install, remove node_modules and try again.${
      missingTools().length ? `\nMissing: ${missingTools().join(', ')}.` : ''
    }`,
  );
}
