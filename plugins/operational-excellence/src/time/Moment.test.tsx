import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Settings } from 'luxon';
import { dayOf, exactInstant } from './ages';
import { Moment } from './Moment';

const INSTANT = '2026-07-01T22:30:00.000Z';

describe('a moment in the reader’s time zone', () => {
  const { defaultZone, defaultLocale } = Settings;

  beforeEach(() => {
    Settings.defaultZone = 'Europe/Zurich';
    Settings.defaultLocale = 'en-GB';
  });

  afterEach(() => {
    Settings.defaultZone = defaultZone;
    Settings.defaultLocale = defaultLocale;
  });

  it('names the day there', () => {
    expect(dayOf(INSTANT)).toBe('2 Jul 2026');
  });

  it('names the minute there, and which zone it is', () => {
    expect(exactInstant(INSTANT)).toMatch(/^2 July 2026.*00:30.*CEST$/);
  });

  it('tells the exact instant to programs, and to people on hover', async () => {
    render(<Moment instant={INSTANT}>a while ago</Moment>);
    const moment = screen.getByText('a while ago');
    expect(moment.tagName).toBe('TIME');
    expect(moment).toHaveAttribute('datetime', INSTANT);
    await userEvent.hover(moment);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      exactInstant(INSTANT),
    );
  });
});
