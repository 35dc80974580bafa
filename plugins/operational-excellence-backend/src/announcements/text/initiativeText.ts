import { AnnouncementOf } from '../Announcement';
import { initiativeLink } from './links';
import { NotificationText } from './notificationOf';
import { counted, dayOf, named, namedSome } from './plainText';

export function initiativeText({
  facts,
}: AnnouncementOf<'initiativeDue'>): NotificationText {
  const { dueOn, initiativeId, isOver, left, ownerRef } = facts;
  const title = named(facts.title);
  const day = dayOf(Date.parse(dueOn));
  const services = counted(left.count, 'service');
  return {
    title: isOver
      ? `"${title}" is over: ${services} of yours did not reach it`
      : `"${title}" ends on ${day}: ${services} of yours left`,
    description: `${
      isOver ? `It was to be reached by ${day}.` : `To be reached by ${day}.`
    } Left: ${namedSome(left)}.`,
    link: initiativeLink(initiativeId, ownerRef),
  };
}
