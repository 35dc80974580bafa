// Runs the browser journeys in packages/app/e2e-tests against portals that they
// start themselves. Names of journeys as arguments run only those, or one that takes
// long and is run only if named.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'packages/app/e2e-tests';
const wanted = process.argv.slice(2);
/** As the demo, through an organisation of any size. */
const onlyNamed = ['organisation'];

const browser = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
if (!existsSync(browser)) {
  process.stderr.write(
    `The browser journeys need Chromium at ${browser}; install it, or set CHROMIUM_PATH.\n`,
  );
  process.exit(1);
}

const journeys = readdirSync(folder)
  .filter(name => name.endsWith('.test.mjs'))
  .filter(name =>
    wanted.length
      ? wanted.some(want => name.includes(want))
      : !onlyNamed.some(other => name.startsWith(other)),
  )
  .map(name => join(folder, name));
if (!journeys.length) {
  process.stderr.write(`No journey matches ${wanted.join(', ')}.\n`);
  process.exit(1);
}

// One after the other: each starts a portal, which takes all of a small machine.
const { status } = spawnSync(
  process.execPath,
  ['--test', '--test-concurrency=1', '--test-reporter=spec', ...journeys],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${process.cwd()}/node_modules/.bin:${process.env.PATH}`,
      CHROMIUM_PATH: browser,
    },
  },
);
process.exitCode = status ?? 1;
