// How soon a scorecard with many services behind it answers, as it is painted.
import assert from 'node:assert/strict';
import { percentile } from './load.mjs';
import { openPage, paths, servePortal } from './portal.mjs';
import { count, heading, ms, note, table, verdict } from './print.mjs';

const ROUNDS = 20;
const SCROLL_MS = 4_000;
/** Of the page, at least: each turn of the wheel is one. */
const POSITIONS = 20;

/** From the last key to the request, so that not every key is one. */
const TYPING_PAUSE_MS = 40;

/** As many letters of a service are pasted. */
const PASTED = 'service-1'.length;

const ANSWER_TARGET_MS = 150;
const FRAME_MS = 1000 / 60;

export async function measureScorecard(portal) {
  const { built, backend, chrome, port, services } = portal;
  const close = await servePortal({ backend, built, port });
  const page = await openPage(chrome, port, paths.scorecard);
  try {
    await shownServices(page).first().waitFor({ timeout: 60_000 });
    await page.waitForLoadState('networkidle');
    await measureFilters(page, services);
    await measureScrolling(page);
  } finally {
    await page.context().close();
    await close();
  }
}

function shownServices(page) {
  return page
    .getByRole('table', { name: 'Scorecard', exact: true })
    .getByRole('rowheader');
}

async function measureFilters(page, services) {
  const states = page
    .getByRole('region', { name: 'Overall', exact: true })
    .getByRole('listitem')
    .getByRole('link');
  assert((await states.count()) > 1, 'All services are in the same state');
  const find = page.getByLabel('Find a service');
  const answers = {
    'a state chosen': [],
    'a text pasted': [],
    'a letter typed': [],
    'the text cleared': [],
  };
  const measure = async (name, act) => {
    answers[name].push(await timed(page, act));
    // For what else follows from a filter, as what other filters would leave.
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(300);
  };
  for (let round = 0; round < ROUNDS; round++) {
    // Those in the worst state come first as it is.
    await measure('a state chosen', () => states.nth((round + 1) % 2).click());
    const found = await shownServices(page).last().innerText();
    assert(found.length > PASTED, `${found} is too short to be searched for`);
    await measure('a text pasted', () => find.fill(found.slice(0, PASTED)));
    await measure('a letter typed', () => find.press(found[PASTED]));
    await measure('the text cleared', () => find.fill(''));
  }
  heading(
    `A filter of the scorecard, ${count(
      services,
    )} services: from the event to the new rows on the screen`,
  );
  table(
    Object.entries(answers).map(([name, all]) => {
      const beyond = all.map(({ server, took }) => took - server);
      return {
        filter: name,
        'in all, p50': ms(
          percentile(
            all.map(({ took }) => took),
            50,
          ),
        ),
        'beyond the server, p50': ms(percentile(beyond, 50)),
        p95: ms(percentile(beyond, 95)),
        [`target: p50 < ${ANSWER_TARGET_MS} ms`]: verdict(
          percentile(beyond, 50) < ANSWER_TARGET_MS,
        ),
      };
    }),
  );
  note(
    `Typing waits ${TYPING_PAUSE_MS} ms for the next key, which is counted here.`,
  );
}

/**
 * Does something in the page, and answers how long it took until other services
 * were painted, and how long of it the list took to come from the server.
 */
async function timed(page, act) {
  await page.evaluate(() => {
    const shown = () =>
      [...document.querySelectorAll('table [role="rowheader"]')]
        .map(cell => cell.textContent)
        .join('\n');
    const before = shown();
    performance.clearResourceTimings();
    let began;
    for (const type of ['click', 'input']) {
      window.addEventListener(
        type,
        event => {
          began = event.timeStamp;
        },
        { capture: true, once: true },
      );
    }
    window.benchAnswer = new Promise((resolve, reject) => {
      const end = performance.now() + 20_000;
      const look = () => {
        if (performance.now() > end) {
          reject(new Error(`No other services came up than\n${before}`));
        } else if (began === undefined || ['', before].includes(shown())) {
          requestAnimationFrame(look);
        } else {
          // A message comes once the frame is drawn.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            const painted = performance.now();
            const list = performance
              .getEntriesByType('resource')
              .findLast(({ name }) => /\/services\?/.test(name));
            resolve({
              took: painted - began,
              server: list.responseEnd - list.requestStart,
            });
          };
          port2.postMessage(undefined);
        }
      };
      requestAnimationFrame(look);
    });
  });
  await act();
  return page.evaluate(() => window.benchAnswer);
}

async function measureScrolling(page) {
  await page.mouse.move(720, 700);
  const frames = page.evaluate(
    duration =>
      new Promise(resolve => {
        const row = document.querySelector('table [role="rowheader"]');
        const times = [];
        const end = performance.now() + duration;
        const look = now => {
          times.push({ now, top: row.getBoundingClientRect().top });
          if (now < end) requestAnimationFrame(look);
          else resolve(times);
        };
        requestAnimationFrame(look);
      }),
    SCROLL_MS,
  );
  const end = performance.now() + SCROLL_MS;
  for (let step = 0; performance.now() < end; step++) {
    await page.mouse.wheel(0, step % 50 < 25 ? 120 : -120);
    await page.waitForTimeout(40);
  }
  const times = await frames;
  assert(
    new Set(times.map(({ top }) => top)).size >= POSITIONS,
    'The page did not scroll',
  );
  const intervals = times
    .slice(1)
    .map(({ now }, index) => now - times[index].now);
  const inTime = intervals.filter(each => each < 1.5 * FRAME_MS).length;
  heading(`Scrolling the scorecard for ${SCROLL_MS / 1000} seconds`);
  table([
    {
      frames: count(intervals.length),
      'interval p50': ms(percentile(intervals, 50)),
      p95: ms(percentile(intervals, 95)),
      longest: ms(Math.max(...intervals)),
      'in time': `${((100 * inTime) / intervals.length).toFixed(1)}%`,
      'target: 60 frames a second at p95': verdict(
        percentile(intervals, 95) < 1.5 * FRAME_MS,
      ),
    },
  ]);
}
