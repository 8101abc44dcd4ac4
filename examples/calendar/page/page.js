/** Puts the page together: two who edit, the events they may choose from, and the log of what all of them send. */
import { eventUrl } from './addresses.js';
import { ConflictPanel } from './conflict-panel.js';
import { find } from './elements.js';
import { EventsList } from './events-list.js';
import { follow } from './feed.js';
import { LastStored } from './last-stored.js';
import { Log } from './log.js';
import { LostNotice } from './lost-notice.js';
import { Person } from './person.js';
import { OTHER, YOU } from './roles.js';
import { Savings } from './savings.js';
import { openSession } from './session.js';
import { NO_ANSWER } from './status.js';
import { Story } from './story.js';
import { obtainToken } from './token.js';

/** @import { Tell } from './recorded-fetch.js' */

/** @param {string} selector */
const place = (selector) => find(document, selector, HTMLElement);

const token = await obtainToken(find(document, '#token', HTMLFormElement));

const log = new Log(place('#log'));
const savings = new Savings(place('#savings'));
/** @type {Tell} */
const tell = (exchange) => {
  log.add(exchange);
  savings.add(exchange);
  say(exchange.status === NO_ANSWER ? 'The server does not answer.' : '');
};

/** @param {string} text */
function say(text) {
  const trouble = place('#trouble');
  if (trouble.textContent !== text) trouble.textContent = text; // the same again would be read out again
}

const conditional = find(document, '#with', HTMLInputElement);
const stored = new LastStored((event) => {
  for (const { editor } of people) editor.compare(event);
});
const desk = {
  isConditional: () => conditional.checked,
  stored,
  conflict: new ConflictPanel(place('#conflict')),
  lost: new LostNotice(place('#lost')),
};
const you = new Person(YOU, openSession(YOU.who, token, tell), desk);
const other = new Person(OTHER, openSession(OTHER.who, token, tell), desk);
const people = [you, other];
place('#editors').append(you.editor.section, other.editor.section);
const button = find(document, '#play', HTMLButtonElement);
new Story(place('#steps'), { you, other, button }).offer();

const list = new EventsList(place('#events'), (id) => {
  for (const part of ['#story', '#editors']) place(part).hidden = false;
  for (const person of people) void person.open(eventUrl(id));
});
place('#desk').hidden = false;
try {
  await follow(openSession('Feed', token, tell), (events) => {
    list.show(events);
    place('#no-events').hidden = events.length > 0;
    const open = events.find(({ id }) => id === list.openId);
    if (open) stored.note(open);
  });
} catch (error) {
  say(`The feed is not polled any more. ${String(error)}`);
}
