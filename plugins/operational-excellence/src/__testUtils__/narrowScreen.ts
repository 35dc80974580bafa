/** Has the tests of a `describe` run on a screen as narrow as a phone's. */
export function onNarrowScreen() {
  const { matchMedia } = window;

  beforeEach(() => {
    window.matchMedia = jest.fn().mockImplementation((query: string) => ({
      matches: query.includes('max-width:599.95px'),
      media: query,
      addListener: () => {},
      removeListener: () => {},
      addEventListener: () => {},
      removeEventListener: () => {},
    }));
  });

  afterEach(() => {
    window.matchMedia = matchMedia;
  });
}
