/** The longest subject that Redmine takes, characters. */
const MAX_SUBJECT = 255;

/**
 * The subject of an issue. A title that is too long for it is cut, and goes in
 * full to the beginning of the description.
 */
export function subjectAndDescription(request: {
  title: string;
  description: string;
}): { subject: string; description: string } {
  const title = request.title.replace(/\s+/g, ' ').trim();
  // Characters as Redmine counts them: one that takes two units here is one.
  const characters = [...title];
  if (characters.length <= MAX_SUBJECT) {
    return { subject: title, description: request.description };
  }
  return {
    subject: `${characters.slice(0, MAX_SUBJECT - 1).join('')}…`,
    description: `${title}\n\n${request.description}`,
  };
}
