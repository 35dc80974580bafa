/**
 * Takes what is copied instead of the clipboard, which jsdom does not have, in
 * each test of a suite.
 *
 * @returns tells what the test has copied so far
 */
export function watchCopies(): () => string[] {
  const { execCommand } = document;
  let copied: string[] = [];
  beforeEach(() => {
    copied = [];
    document.execCommand = () => {
      copied.push(String(document.getSelection()));
      return true;
    };
  });
  afterEach(() => {
    document.execCommand = execCommand;
  });
  return () => copied;
}
